/**
 * How many columns text takes in a terminal: at most, since terminals differ. Many draw each code point of a cluster by
 * itself, such as the members of an emoji family or the marks of an Indic syllable; a line that is taken for shorter than
 * it is would wrap, and the picture fall apart.
 */

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

const asciiOnly = /^[\x20-\x7e]*$/;
/** Half-width forms, and the halves of flags. */
const narrow = /^[\uff61-\uffdc\uffe8-\uffee\u{1f1e6}-\u{1f1ff}]/u;
/** East Asian scripts and full-width forms (UAX #11, W and F), and what is drawn as an emoji. */
const wide =
  /^[\p{sc=Han}\p{sc=Hangul}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Bopomofo}\p{sc=Yi}\u3000-\u303e\u30fb-\u30fc\uff01-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
/** Asks for an emoji where the character alone is text. */
const emoji = /\ufe0f/;
const invisible = /^[\p{Mn}\p{Me}\p{Cf}\p{Cc}]$/u;

/** The columns of a text without control sequences. */
export function textWidth(text: string): number {
  if (asciiOnly.test(text)) return text.length;
  let width = 0;
  for (const { segment } of segmenter.segment(text)) width += graphemeWidth(segment);
  return width;
}

/** `text`, or as much of its beginning as fits into `columns` with `...` behind it. */
export function truncate(text: string, columns: number): string {
  if (textWidth(text) <= columns) return text;
  const dots = '...'.slice(0, Math.max(0, columns));
  let kept = '';
  let width = dots.length;
  for (const { segment } of segmenter.segment(text)) {
    width += graphemeWidth(segment);
    if (width > columns) break;
    kept += segment;
  }
  return kept + dots;
}

function graphemeWidth(grapheme: string): number {
  let width = 0;
  for (const character of grapheme) width += characterWidth(character);
  return emoji.test(grapheme) ? Math.max(width, 2) : width;
}

function characterWidth(character: string): number {
  if (invisible.test(character)) return 0;
  if (narrow.test(character)) return 1;
  return wide.test(character) ? 2 : 1;
}
