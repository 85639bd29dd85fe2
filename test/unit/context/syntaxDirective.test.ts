import { expect, test } from 'vitest';
import { syntaxDirective } from '../../../src/context/syntaxDirective.ts';

const detect = (text: string) => syntaxDirective(new TextEncoder().encode(text));

test.each([
  ['plain', '# syntax=docker/dockerfile:1\nFROM scratch'],
  ['without spaces', '#syntax=docker/dockerfile:1'],
  ['with spaces', '#  syntax \t=  docker/dockerfile:1 \t\r\n'],
  ['in any case', '# SynTax = docker/dockerfile:1'],
  ['with more behind it', '# syntax=docker/dockerfile:1 // opts'],
  ['behind other directives', '# escape=`\n# check=skip=all\n# syntax=docker/dockerfile:1'],
  ['before a second one', '# syntax=docker/dockerfile:1\n# syntax=other'],
  ['behind a byte order mark', '\ufeff# syntax=docker/dockerfile:1'],
  ['behind a shebang', '#!/usr/bin/env x\n# syntax=docker/dockerfile:1'],
  ['behind both', '\ufeff#!/usr/bin/env x\n# syntax=docker/dockerfile:1'],
  ['behind slashes', '//syntax=docker/dockerfile:1\n//key=value'],
  ['behind slashes and a shebang', '#!/bin/sh\n// syntax=docker/dockerfile:1'],
  ['in JSON', '{"syntax": "docker/dockerfile:1", "bar": ["abc"]}'],
  ['in JSON behind white space', '\n { "syntax": "docker/dockerfile:1" }\n'],
  ['in JSON, the last of two', '{"syntax": "x", "syntax": "docker/dockerfile:1"}'],
])('a syntax directive is found %s', (_how, text) => {
  expect(detect(text)).toBe('docker/dockerfile:1');
});

test.each([
  ['nothing', ''],
  ['no directive', 'FROM scratch'],
  ['an empty line before it', '\n# syntax=x'],
  ['a space before it', ' # syntax=x'],
  ['a comment before it', '# hello\n# syntax=x'],
  ['an unknown directive before it', '# key=value\n# syntax=x'],
  ['an instruction before it', 'FROM scratch\n# syntax=x'],
  ['a directive twice before it', '# escape=`\n# escape=`\n# syntax=x'],
  ['an empty line behind the shebang', '#!/bin/sh\n\n# syntax=x'],
  ['a shebang alone', '#!/bin/sh syntax=x'],
  ['no value', '# syntax=\n'],
  ['white space for a value', '# syntax=  \n'],
  ['another name', '# syntaxes=x'],
  ['two words', '# my syntax=x'],
  ['half a JSON object', '{"syntax": "x"'],
  ['JSON with more behind it', '{"syntax": "x"}\n# syntax=y'],
  ['JSON of another type', '{"syntax": 1}'],
  ['JSON that inherits it', '{"__proto__": {"syntax": "x"}}'],
  ['a JSON list', '["syntax"]'],
  ['other signs mixed', '# escape=`\n// syntax=x'],
])('none is found in %s', (_what, text) => {
  expect(detect(text)).toBeUndefined();
});

test('takes time in proportion to its line', () => {
  const start = performance.now();
  expect(detect(`# syntax=a${' '.repeat(1_000_000)}b`)).toBe('a');
  expect(detect(`#${' '.repeat(1_000_000)}=`)).toBeUndefined();
  expect(detect(`# syntax${' '.repeat(1_000_000)}x`)).toBeUndefined();
  expect(performance.now() - start).toBeLessThan(2_000);
});
