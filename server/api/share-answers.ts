// Whoever asks what others ask at the same moment gets the same answer. News has all pages ask at once, and for most of them it is the same
// question: it is answered twice, for the one who came first and for all who came while that was being made, however many there are.
//
// An answer is never older than its question: it is shared by those only who asked before it was begun. Nothing is kept.

type Share<Answer> = (question: string, answer: () => Promise<Answer>) => Promise<Answer>

interface Making<Answer> {
  readonly current: Promise<Answer>
  /** Begun when the current one is there. */
  next: Promise<Answer> | null
}

export function createShare<Answer>(): Share<Answer> {
  const going = new Map<string, Making<Answer>>()

  function begin(question: string, answer: () => Promise<Answer>): Promise<Answer> {
    const making: Making<Answer> = { current: answer(), next: null }
    going.set(question, making)
    const over = () => void (making.next === null && going.delete(question))
    making.current.then(over, over)
    return making.current
  }

  return (question, answer) => {
    const making = going.get(question)
    if (!making) return begin(question, answer)
    const anew = () => begin(question, answer)
    return (making.next ??= making.current.then(anew, anew))
  }
}
