import './activation.test.ts';
import './codeLens.test.ts';
import './commands.test.ts';
import './diagnostics.test.ts';
import './settings.test.ts';
import './tasks.test.ts';
