import { describe, expect, test } from 'vitest';
import { PresyncError } from '../../../src/base/errors.ts';
import { parseTag } from '../../../src/context/tagName.ts';

describe('an image name', () => {
  test.each([
    ['app', 'app:latest'],
    ['app:1.0', 'app:1.0'],
    ['team/app', 'team/app:latest'],
    ['a/b/c/d:x', 'a/b/c/d:x'],
    ['registry.example.com/team/app:1', 'registry.example.com/team/app:1'],
    ['localhost/app', 'localhost/app:latest'],
    ['localhost:5000/app', 'localhost:5000/app:latest'],
    ['127.0.0.1:5000/app:v1', '127.0.0.1:5000/app:v1'],
    ['[::1]:5000/app', '[::1]:5000/app:latest'],
    ['Registry/app', 'Registry/app:latest'],
    ['REGISTRY.example.com/app', 'REGISTRY.example.com/app:latest'],
    ['a.b_c__d-e--f', 'a.b_c__d-e--f:latest'],
    ['app:_x', 'app:_x'],
    ['app:Tag-1.0_rc', 'app:Tag-1.0_rc'],
    ['app:5000', 'app:5000'],
    [`app:${'x'.repeat(128)}`, `app:${'x'.repeat(128)}`],
    ['x'.repeat(247), `${'x'.repeat(247)}:latest`],
    [`localhost/${'x'.repeat(255)}`, `localhost/${'x'.repeat(255)}:latest`],
    ['a'.repeat(63), `${'a'.repeat(63)}:latest`],
    [`${'a'.repeat(64)}:1`, `${'a'.repeat(64)}:1`],
  ])('%s is %s', (text, name) => {
    expect(parseTag(text)).toBe(name);
  });
});

describe('no image name', () => {
  function error(text: string): PresyncError {
    try {
      parseTag(text);
    } catch (thrown) {
      if (thrown instanceof PresyncError) return thrown;
      throw thrown;
    }
    throw new Error('accepted');
  }

  test.each([
    ['', 'Write NAME'],
    [' app', 'Write NAME'],
    ['app ', 'Write NAME'],
    ['app\n', 'Write NAME'],
    ['App', 'lower-case'],
    ['team/App:1', 'lower-case'],
    ['registry.example.com/Team/app', 'lower-case'],
    ['-app', 'Write NAME'],
    ['app-', 'Write NAME'],
    ['a..b', 'Write NAME'],
    ['a___b', 'Write NAME'],
    ['a.-b', 'Write NAME'],
    ['_app', 'Write NAME'],
    ['a//b', 'Write NAME'],
    ['/app', 'Write NAME'],
    ['app/', 'Write NAME'],
    ['äpp', 'Write NAME'],
    ['https://example.com/app', 'Write NAME'],
    ['-registry.example.com/app', 'Write NAME'],
    ['registry.example.com:port/app', 'Write NAME'],
    ['app:', 'A tag has'],
    ['app:-x', 'A tag has'],
    ['app:.x', 'A tag has'],
    ['app:a:b', 'A tag has'],
    ['app:ä', 'A tag has'],
    [`app:${'x'.repeat(129)}`, 'A tag has'],
    [`app@sha256:${'a'.repeat(64)}`, 'digest'],
    ['app:1@x', 'digest'],
    ['a'.repeat(64), 'image id'],
    ['x'.repeat(248), 'shorter'],
    [`localhost/${'x'.repeat(256)}`, 'shorter'],
    ['x/'.repeat(5000), 'shorter'],
  ])('is %j', (text, hint) => {
    expect(error(text).code).toBe('BAD_TAG');
    expect(error(text).hint).toContain(hint);
  });

  test('is shown in a message of bounded length that cannot write to a terminal', () => {
    expect(error('x'.repeat(100_000)).message.length).toBeLessThan(400);
    expect(error('\x1b[2J').message).toBe('"\\u{1b}[2J" is no image name.');
  });
});
