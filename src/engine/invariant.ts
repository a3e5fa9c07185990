/**
 * What must hold, said positively and checked in production.
 * In: a condition and its sentence. Out: nothing, or a thrown `InvariantBroken`, which the supervisor counts as a defect.
 * Pure and alone: every room of the core uses it at its edges.
 */

/** A defect of ours: a statement we rely on is false. */
export class InvariantBroken extends Error {
  override readonly name = "InvariantBroken"
}

export const invariant: (condition: boolean, statement: string) => asserts condition = (
  condition,
  statement
) => {
  if (!condition) throw new InvariantBroken(`must hold: ${statement}`)
}
