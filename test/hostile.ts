import fc from 'fast-check'

/** Marks, embeddings, overrides and isolates that make text run the other way, each of them. */
export const BIDI = [
  '\u061C',
  '\u200E',
  '\u200F',
  '\u202A',
  '\u202B',
  '\u202C',
  '\u202D',
  '\u202E',
  '\u2066',
  '\u2067',
  '\u2068',
  '\u2069',
]

/** What no output may hold: all that a terminal obeys but a line break, and what hides or turns text. */
export const HARMFUL =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
  /[\x00-\x08\x0B-\x1F\x7F-\x9F\u061C\u200B\u200E\u200F\u2028-\u202E\u2060\u2066-\u2069\uFEFF\p{Cs}\u{E0000}-\u{E007F}]/u

/**
 * Whether GitHub's runner takes a line of a log for a command.
 *
 * @see https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs TryParseV2, TryParse
 */
export const commandIn = (line: string): boolean => /^\s*::/.test(line) || /##\[/.test(line)

/** Pieces of names that would be markup, links, mentions, lines or commands if they were not made safe. */
const PIECES = [
  '`',
  '``',
  '|',
  '\\',
  '\\|',
  '\n',
  '\r\n',
  '\t',
  '\u2028',
  '<!--',
  '-->',
  '</details>',
  '<img src=x onerror=alert(1)>',
  '@octocat',
  'a@example.com',
  'https://evil.example/',
  'www.evil.example',
  '[x](https://evil.example)',
  '![x](y)',
  '#1',
  'GH-1',
  '::error::',
  '::set-output name=a::b',
  '\n::add-mask::b',
  '\n##[group]b',
  '$(touch pwned)',
  '=cmd()',
  '+1',
  '-1',
  '@SUM(A1)',
  '##[error]',
  '&lt;',
  '&#64;',
  '**b**',
  '~~s~~',
  '$x$',
  '- ',
  '# ',
  '```',
  '---',
  ' ',
  '%0A',
  ',',
  ':',
  '"',
  "'",
  '>',
  ']]>',
  '\u0000',
  '\u0008',
  '\u001b[31m',
  ...BIDI,
  '\u200B',
  '\u009B2J',
  '\u{E0041}',
  '\uFFFE',
  '\uD800',
  '\u{1F4B8}',
  'true',
  'bot',
]

/** Names, paths and reasons as a stranger's pull request may have them. */
export const hostile = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 8 }).map(pieces => pieces.join('')),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }),
)
