import { describe, expect, it } from 'vitest'
import { countByKind, tokensByKind } from '../../src/tokens/count-by-kind.ts'
import { loadCounter } from '../../src/tokens/index.ts'
import { fakeIo, repository } from '../fake-io.ts'

/** A token for each character, so that counts can be read off the text. */
const characters = { count: (text: string) => text.length }

const NONE = { prose: 0, code: 0, other_scripts: 0, one_letter: 0 }

describe.each([
  { it: 'nothing', text: '', kinds: {} },
  { it: 'words', text: 'one two', kinds: { prose: 7 } },
  { it: 'Chinese', text: '你好。', kinds: { other_scripts: 3 } },
  { it: 'spaces alone', text: '    ', kinds: { other_scripts: 4 } },
  { it: 'digits alone', text: '123 456', kinds: { other_scripts: 7 } },
  // 6 Cyrillic letters; "ab " is left.
  { it: 'two scripts', text: 'ab Привет', kinds: { prose: 3, other_scripts: 6 } },
  // Five digits are two tokens of three digits at most.
  { it: 'digits among words', text: 'ab 12345', kinds: { prose: 6, other_scripts: 2 } },
  { it: 'code', text: 'let a = f(b);', kinds: { code: 13 } },
  // 26 characters; 10 of 16 letters stand in code: 26 × 10 / 16 = 16.25.
  { it: 'a paragraph of each', text: 'one two\n\nlet abcde = ff();', kinds: { prose: 10, code: 16 } },
  { it: 'one letter, again and again', text: 'a'.repeat(512), kinds: { one_letter: 512 } },
])('$it', ({ text, kinds }) => {
  it('is split over the kinds', () => expect(tokensByKind(text, characters)).toEqual({ ...NONE, ...kinds }))
})

it('each kind has its own factor, and the ends are rounded outwards', () => {
  const factor = { percent: 100, low: 100, high: 100 }
  const kinds = {
    ...{ prose: { percent: 150, low: 125, high: 175 }, other_scripts: { percent: 100, low: 95, high: 105 } },
    ...{ code: factor, one_letter: factor },
  }
  // 3 × 1.5 + 6 = 10.5, a half to the even neighbour; 3.75 + 5.7 = 9.45; 5.25 + 6.3 = 11.55
  expect(countByKind('ab Привет', characters, kinds)).toEqual({ tokens: 10, low: 9, high: 12 })
})

// Claude 4.7's tokens over 4.6's, by Anthropic's count endpoint: sol.ava.dev of 2026-04-17, and "Measuring Claude 4.7's
// tokenizer costs" of April 2026. 4.6's are 1.18 times o200k_base.
describe("the band of Claude's tokens holds what was measured", () => {
  const PROSE = {
    english: 'The parcel left our warehouse on Monday and should reach you within three working days.',
    german: 'Das Paket hat unser Lager am Montag verlassen und sollte Sie binnen drei Werktagen erreichen.',
    french: 'Le colis a quitté notre entrepôt lundi et devrait vous parvenir sous trois jours ouvrés.',
    spanish: 'El paquete salió de nuestro almacén el lunes y debería llegarle en tres días laborables.',
  }
  const CODE = {
    json: '{"level":"info","time":"2026-04-17T10:00:00Z","message":"request done","status":200,"path":"/api/items"}',
    haskell: 'quicksort (p:xs) = quicksort [x | x <- xs, x < p] ++ [p] ++ quicksort [x | x <- xs, x >= p]',
    python: 'def total(items):\n    return sum(item["price"] * item["count"] for item in items)',
    go: 'func add(a, b int) int {\n\tif a > b {\n\t\treturn a + b\n\t}\n\treturn b\n}',
    c: 'int main(void) {\n  for (int i = 0; i < 10; i++) printf("%d\\n", i);\n  return 0;\n}',
    typescript: 'export const add = (a: number, b: number): number => {\n  return a + b\n}',
  }
  it.each([
    ...[1.45, 1.2].map(step => ({ what: 'English', text: PROSE.english, step })),
    { what: 'technical documentation', text: PROSE.english, step: 1.47 },
    { what: 'German', text: PROSE.german, step: 1.46 },
    { what: 'French', text: PROSE.french, step: 1.36 },
    { what: 'Spanish', text: PROSE.spanish, step: 1.24 },
    { what: 'JSON', text: CODE.json, step: 1.31 },
    { what: 'Haskell', text: CODE.haskell, step: 1.33 },
    ...[1.2, 1.29].map(step => ({ what: 'Python', text: CODE.python, step })),
    { what: 'Go', text: CODE.go, step: 1.19 },
    { what: 'C', text: CODE.c, step: 1.15 },
    ...[1.13, 1.36].map(step => ({ what: 'TypeScript', text: CODE.typescript, step })),
    { what: 'UUIDs', text: '550e8400-e29b-41d4-a716-446655440000 c9bf9e57-1685-4c89-bafb-ff5af830be8a', step: 1.06 },
    { what: 'Chinese', text: '包裹星期一离开了我们的仓库，三个工作日内应该会送到。', step: 1.0 },
    { what: 'Japanese', text: '荷物は月曜日に倉庫を出ました。三営業日以内に届くはずです。', step: 1.01 },
    { what: 'Korean', text: '소포는 월요일에 창고를 떠났으며 사흘 안에 도착할 것입니다.', step: 1.0 },
    { what: 'Russian', text: 'Посылка покинула наш склад в понедельник и должна прийти за три дня.', step: 1.0 },
    { what: 'Arabic', text: 'غادر الطرد مستودعنا يوم الاثنين ويجب أن يصل خلال ثلاثة أيام عمل.', step: 1.0 },
    { what: 'Hindi', text: 'पार्सल सोमवार को हमारे गोदाम से निकला और तीन दिनों में पहुँच जाएगा।', step: 1.0 },
    { what: 'spaces', text: ' '.repeat(512), step: 1.0 },
    { what: 'digits', text: '1234567890'.repeat(50), step: 1.0 },
    { what: 'the letter a, 512 times', text: 'a'.repeat(512), step: 2.99 },
  ])('$what: 1.18 × $step', async ({ text, step }) => {
    const { shipped } = fakeIo(repository)
    const [claude, o200k] = [await loadCounter('claude-4.7', shipped), await loadCounter('o200k_base', shipped)]
    if (!claude || !o200k) throw new Error('both are there')
    const measured = o200k.count(text).tokens * 1.18 * step
    const { low, tokens, high } = claude.count(text)
    expect(low).toBeLessThanOrEqual(measured)
    expect(measured).toBeLessThanOrEqual(high)
    // No more than 20 % from the figure that ranks.
    expect(Math.abs(tokens / measured - 1)).toBeLessThan(0.2)
  })
})
