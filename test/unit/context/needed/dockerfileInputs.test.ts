import { describe, expect, test } from 'vitest';
import { neededBy, neededByStep } from '../../../../src/context/needed/dockerfileInputs.ts';

/** The sources, sorted, or why it is all. */
function needs(dockerfile: string, target?: string, args: Record<string, string> = {}): string[] | string {
  const needed = neededBy({
    dockerfile: Buffer.from(dockerfile),
    target,
    buildArgs: new Map(Object.entries(args)),
  });
  return needed.all ? needed.why : needed.patterns.map(({ text }) => text as string).sort();
}

const from = 'FROM scratch\n';

describe('a build needs the sources of', () => {
  test.each<[string, string, string[]]>([
    ['COPY', 'COPY a b/c /dst/', ['a', 'b/c']],
    ['COPY in lower case', 'copy a /dst', ['a']],
    ['COPY over several lines', 'COPY a \\\n  b \\\n\\\n# a comment\n  /dst', ['a', 'b']],
    ['COPY with a comment among its lines, and perhaps more', 'COPY a \\\n  # c\n  b /dst', ['#', 'a', 'b', 'c']],
    ['COPY as JSON', 'COPY ["with space", "b", "/dst/"]', ['b', 'with space']],
    ['COPY with harmless flags', 'COPY --chown=1:1 --chmod=644 --link a /dst', ['a']],
    ['COPY of a pattern', 'COPY src/*.c inc/?.h /dst/', ['inc/?.h', 'src/*.c']],
    [
      'COPY of what is written in another way',
      'COPY ./a /b c/../d e/ ../../f //g /dst/',
      ['a', 'b', 'd', 'e', 'f', 'g'],
    ],
    ['COPY of odd names', 'COPY a-b.c_d+e@f=g,h /dst', ['a-b.c_d+e@f=g,h']],
    ['COPY of names that are not ASCII', 'COPY ü /dst', ['Ã¼']],
    ['ADD', 'ADD a.tar b /dst/', ['a.tar', 'b']],
    ['ADD, but for what comes from elsewhere', 'ADD https://x.org/y git@github.com:x/y.git a /dst/', ['a']],
    ['a bind mount', 'RUN --mount=type=bind,source=a,target=/a ls', ['a']],
    ['a mount that is one without saying so', 'RUN --mount=src=a/b,target=/a ls', ['a/b']],
    ['two mounts', 'RUN --mount=type=bind,source=a,target=/a --mount=source=b,target=/b ls', ['a', 'b']],
  ])('%s', (_what, line, expected) => {
    expect(needs(from + line)).toEqual(expected);
  });

  test.each<[string, string]>([
    ['nothing', ''],
    ['COPY from a stage', 'COPY --from=other a /b'],
    ['COPY from an image', 'COPY --from=busybox:latest /bin/a /b'],
    ['a heredoc', 'COPY <<EOF /dst\nCOPY a /b\nEOF'],
    ['a heredoc of ADD', 'ADD <<EOF /dst\nCOPY a /b\nEOF'],
    ['a heredoc with quotes', 'COPY <<"EOF" /dst\n$a\nEOF'],
    ['RUN with a heredoc', 'RUN <<EOF\nCOPY a /b\nEOF'],
    ['ADD from the network', 'ADD --checksum=sha256:1 https://x.org/y /dst'],
    [
      'other mounts',
      'RUN --mount=type=cache,target=/c --mount=type=secret,id=s --mount=type=ssh --mount=type=tmpfs,target=/t ls',
    ],
    ['a mount from a stage', 'RUN --mount=type=bind,from=other,source=a,target=/a ls'],
    ['a comment', '# COPY a /b'],
    ['everything else', 'WORKDIR /w\nUSER me\nEXPOSE 1\nLABEL a=b\nCMD ["a", "b"]\nENTRYPOINT a\nVOLUME /v'],
  ])('none of them for %s', (_what, line) => {
    expect(needs(`FROM scratch AS other\n${from}${line}`)).toEqual([]);
  });
});

describe('a build needs all for', () => {
  test.each([
    ['the whole context', 'COPY . /dst'],
    ['the whole context, written in another way', 'COPY ./x/.. /dst'],
    ['its root', 'COPY / /dst'],
    ['**', 'COPY a/**/b /dst'],
    ['a class of characters', 'COPY a[bc] /dst'],
    ['--parents', 'COPY --parents a /dst'],
    ['--exclude', 'COPY --exclude=*.o a /dst'],
    ['a flag that is not known', 'COPY --newest a /dst'],
    ['a variable that is not known', 'COPY $A /dst'],
    ['a variable of the platform', 'ARG TARGETARCH\nCOPY bin-$TARGETARCH /dst'],
    ['an ARG without a value', 'ARG A\nCOPY $A /dst'],
    ['an escaped variable', 'COPY \\$A /dst'],
    ['quotes', 'COPY "a b" /dst'],
    ['an escape', 'COPY a\\ b /dst'],
    ['a variable that is used in a way that is not certain', 'ARG A=abc\nCOPY ${A%c} /dst'],
    ['ONBUILD', 'ONBUILD COPY a /b'],
    ['an instruction that is not known', 'TAKE a /b'],
    ['a mount of the whole context', 'RUN --mount=type=bind,target=/a ls'],
    ['a mount of a kind that is not known', 'RUN --mount=type=newest,source=.,target=/a ls'],
    ['a mount of a variable', 'RUN --mount=source=$A,target=/a ls'],
    ['a pattern of many stars', 'COPY *a*b*c*d*e /dst'],
    ['the other escape', 'COPY a`b /dst'],
    ['a mount with quotes', 'RUN --mount=type=bind,source="a",target=/a ls'],
    ['a mount with an escape', 'RUN --mount=type=bind,source=a\\,b,target=/a ls'],
    ['a stage in quotes', 'COPY --from="x" a /b'],
  ])('%s', (_what, line) => {
    expect(typeof needs(from + line)).toBe('string');
  });

  test('another frontend', () => {
    for (const syntax of ['# syntax=docker/dockerfile:1', '#syntax = example.org/frontend', '# SYNTAX=x']) {
      expect(needs(`${syntax}\n${from}COPY a /b`)).toContain('frontend');
    }
    expect(needs(`#!/usr/bin/env x\n# syntax=x\n${from}COPY a /b`)).toContain('frontend');
    expect(needs(`${from}COPY a /b`, undefined, { BUILDKIT_SYNTAX: 'x' })).toContain('frontend');
    expect(needs(`# check=skip=all\n# escape=\`\n${from}COPY a \`\n b /c/`)).toEqual(['a', 'b']);
    expect(needs(`# a comment\n# syntax=x\n${from}COPY a /b`)).toEqual(['a']);
  });

  test('a Dockerfile that is no text, or has no stage', () => {
    expect(neededBy({ dockerfile: Uint8Array.of(0xff, 0xfe), target: undefined, buildArgs: new Map() }).all).toBe(true);
    expect(typeof needs('')).toBe('string');
    expect(typeof needs('COPY a /b')).toBe('string');
  });
});

describe('variables', () => {
  test.each<[string, string, string[] | 'all']>([
    ['an ARG with a default', 'ARG A=a\nCOPY $A/x /d', ['a/x']],
    ['an ARG in braces', 'ARG A=a\nCOPY ${A}x /d', ['ax']],
    ['several of one ARG', 'ARG A=a B=b\nCOPY $A/$B /d', ['a/b']],
    ['an ARG of another', 'ARG A=a\nARG B=$A/b\nCOPY $B /d', ['a/b']],
    ['ENV', 'ENV A=a\nCOPY $A /d', ['a']],
    ['ENV in its old form', 'ENV A a\nCOPY $A /d', ['a']],
    ['ENV wins over ARG', 'ARG A=arg\nENV A=env\nCOPY $A /d', ['env']],
    ['ENV of an ARG', 'ARG A=a\nENV B=$A\nCOPY $B /d', ['a']],
    ['ENV of what is not known hides what was known', 'ENV A=a\nENV A=$PATH\nCOPY $A /d', 'all'],
    ['a default', 'ARG A=\nCOPY ${A:-other} /d', ['other']],
    ['a default that is not used', 'ARG A=a\nCOPY ${A:-other} /d', ['a']],
    ['a default of what is not known', 'COPY ${A:-other} /d', 'all'],
    ['an alternative', 'ARG A=a\nCOPY ${A:+other} /d', ['other']],
    ['an ARG that is declared later', 'COPY $A /d\nARG A=a', 'all'],
    ['in the destination only', 'COPY a $DST', ['a']],
  ])('%s', (_what, lines, expected) => {
    const found = needs(from + lines);
    expect(typeof found === 'string' ? 'all' : found).toEqual(expected);
  });

  test('are those of the command line where they are declared', () => {
    expect(needs(`${from}ARG A=a\nCOPY $A /d`, undefined, { A: 'given' })).toEqual(['given']);
    expect(needs(`${from}ARG A\nCOPY $A /d`, undefined, { A: 'given' })).toEqual(['given']);
    expect(typeof needs(`${from}COPY $A /d`, undefined, { A: 'given' })).toBe('string');
  });

  test('of before the first FROM count in stages that declare them', () => {
    expect(needs(`ARG A=a\n${from}ARG A\nCOPY $A /d`)).toEqual(['a']);
    expect(needs(`ARG A=a\n${from}ARG A=b\nCOPY $A /d`)).toEqual(['b']);
    expect(typeof needs(`ARG A=a\n${from}COPY $A /d`)).toBe('string');
  });

  test('are inherited as ENV, and not as ARG', () => {
    expect(needs('FROM x AS one\nENV A=a\nFROM one\nCOPY $A /d')).toEqual(['a']);
    expect(typeof needs('FROM x AS one\nARG A=a\nFROM one\nCOPY $A /d')).toBe('string');
  });

  test('named as parts of an object are variables like any other', () => {
    expect(needs(`${from}ARG __proto__=a constructor=b\nCOPY $__proto__ $constructor /d/`)).toEqual(['a', 'b']);
  });
});

describe('stages', () => {
  const dockerfile = [
    'FROM scratch AS tools',
    'COPY tools /t',
    'FROM tools AS build',
    'COPY src /s',
    'FROM scratch AS docs',
    'COPY docs /d',
    'FROM scratch AS assets',
    'RUN --mount=type=bind,from=docs,target=/d ls',
    'COPY assets /a',
    'FROM scratch',
    'COPY --from=Build /s /s',
    'COPY run /r',
  ].join('\n');

  test.each<[string | undefined, string[]]>([
    [undefined, ['run', 'src', 'tools']],
    ['tools', ['tools']],
    ['BUILD', ['src', 'tools']],
    ['assets', ['assets', 'docs']],
    ['2', ['docs']],
    ['4', ['run', 'src', 'tools']],
  ])('that a build of %s needs', (target, expected) => {
    expect(needs(dockerfile, target)).toEqual(expected);
  });

  test.each([
    ['a target that is not there', 'FROM scratch\nCOPY a /b', 'nowhere'],
    ['a number that is not there', 'FROM scratch\nCOPY a /b', '1'],
    ['FROM of a variable that is not known', 'FROM scratch AS a\nCOPY a /a\nFROM $B\nCOPY b /b', undefined],
    ['FROM by platform', 'FROM x AS base-amd64\nCOPY a /a\nFROM base-$TARGETARCH\nCOPY b /b', undefined],
    ['COPY --from of a variable', 'FROM x AS a\nCOPY a /a\nFROM x\nCOPY --from=$A a b', undefined],
  ])('are all of them for %s', (_what, text, target) => {
    expect(typeof needs(text, target)).toBe('string');
  });

  test('named by an ARG are found', () => {
    const text = 'ARG BASE=one\nFROM x AS one\nCOPY 1 /\nFROM x AS two\nCOPY 2 /\nFROM $BASE\nCOPY 3 /';
    expect(needs(text)).toEqual(['1', '3']);
    expect(needs(text, undefined, { BASE: 'two' })).toEqual(['2', '3']);
  });

  test('of the same name: the last one before counts', () => {
    expect(needs('FROM x AS a\nCOPY 1 /\nFROM x AS a\nCOPY 2 /\nFROM a\nCOPY 3 /')).toEqual(['2', '3']);
  });

  test('that are built do not matter where none of what they need is unclear', () => {
    expect(needs('FROM x AS a\nCOPY . /\nFROM x\nCOPY b /')).toEqual(['b']);
  });
});

describe('a step of a build that is under way', () => {
  test.each<[string, string[] | 'all']>([
    ['COPY a b /dst/', ['a', 'b']],
    ['COPY --from=build /a /b', []],
    ['COPY . /usr/src/app', 'all'],
    ['RUN --mount=type=bind,source=x,target=/x make', ['x']],
    ['RUN echo $HOME > "x y"', []],
    ['WORKDIR /w', []],
    ['', []],
  ])('%j', (words, expected) => {
    const needed = neededByStep(words);
    expect(needed.all ? 'all' : needed.patterns.map(({ text }) => text)).toEqual(expected);
  });
});
