/** How many answers are kept. */
const MOST = 1000

/**
 * A function of a text that keeps its first answers: logs have few names, and making something of one anew for each
 * record costs more than reading the record.
 */
export const kept = <T>(work: (text: string) => T): ((text: string) => T) => {
  const answers = new Map<string, T>()
  const answerTo = (text: string): T => {
    const known = answers.get(text)
    if (known !== undefined) return known
    const answer = work(text)
    if (answers.size < MOST) answers.set(text, answer)
    return answer
  }
  // Most often it is asked for the same again.
  let last: { readonly text: string; readonly answer: T } | null = null
  return text => {
    if (last === null || last.text !== text) last = { text, answer: answerTo(text) }
    return last.answer
  }
}
