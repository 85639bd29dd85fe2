'use strict';
/**
 * Loaded into a process by --require. At SIGUSR2 it collects garbage and writes what is left, in bytes, to the file that
 * PRESYNC_SOAK_MEMORY names: what grows there is kept by somebody, whatever the heap and the allocator hold in reserve.
 * At SIGPROF it writes a heap snapshot beside it.
 */
const { renameSync, writeFileSync } = require('node:fs');
const v8 = require('node:v8');
const vm = require('node:vm');

const file = process.env.PRESYNC_SOAK_MEMORY;
v8.setFlagsFromString('--expose-gc');
const collect = vm.runInNewContext('gc');

process.on('SIGUSR2', () => {
  collect();
  writeFileSync(`${file}.new`, JSON.stringify(process.memoryUsage()));
  renameSync(`${file}.new`, file);
});
process.on('SIGPROF', () => v8.writeHeapSnapshot(`${file}.${Math.round(process.uptime())}.heapsnapshot`));
