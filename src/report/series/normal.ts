/**
 * The standard normal distribution.
 * In: a number or a probability. Out: the probability below it, or the number above which the rest lies.
 * Written out, since the language has neither; both hold to about 1e-15 (absolute).
 */

/**
 * Share of a standard normal below `x`. Source: Hart (1968) as given by West, "Better approximations to cumulative
 * normal functions" (2005).
 */
export const normalCdf = (x: number): number => {
  const size = Math.abs(x)
  const tail = size > 37 ? 0 : Math.exp(-size * size / 2) * upperTail(size)
  return x > 0 ? 1 - tail : tail
}

/**
 * The x below which a standard normal lies with `probability`; infinite at 0 and 1, NaN outside. Source: Wichura
 * (1988), algorithm AS 241.
 */
export const normalQuantile = (probability: number): number => {
  if (!(probability >= 0 && probability <= 1)) return Number.NaN
  if (probability === 0 || probability === 1) return probability === 0 ? -Infinity : Infinity
  const centred = probability - 0.5
  if (Math.abs(centred) <= 0.425) {
    const square = 0.180625 - centred * centred
    return centred * polynomial(CENTRE_TOP, square) / polynomial(CENTRE_BOTTOM, square)
  }
  const root = Math.sqrt(-Math.log(Math.min(probability, 1 - probability)))
  const size = root <= 5
    ? polynomial(TAIL_TOP, root - 1.6) / polynomial(TAIL_BOTTOM, root - 1.6)
    : polynomial(FAR_TOP, root - 5) / polynomial(FAR_BOTTOM, root - 5)
  return centred < 0 ? -size : size
}

// The tail without its factor exp(-x²/2).
const upperTail = (x: number): number => {
  if (x < 7.07106781186547) return polynomial(HART_TOP, x) / polynomial(HART_BOTTOM, x)
  return 1 / (x + 1 / (x + 2 / (x + 3 / (x + 4 / (x + 0.65))))) / 2.506628274631
}

/** Lowest power first. */
const polynomial = (coefficients: ReadonlyArray<number>, x: number): number =>
  coefficients.reduceRight((total, coefficient) => total * x + coefficient, 0)

const HART_TOP = [
  220.206867912376,
  221.213596169931,
  112.079291497871,
  33.912866078383,
  6.37396220353165,
  0.700383064443688,
  0.0352624965998911
]
const HART_BOTTOM = [
  440.413735824752,
  793.826512519948,
  637.333633378831,
  296.564248779674,
  86.7807322029461,
  16.064177579207,
  1.75566716318264,
  0.0883883476483184
]
const CENTRE_TOP = [
  3.3871328727963665,
  133.14166789178438,
  1971.5909503065513,
  13731.69376550946,
  45921.95393154987,
  67265.7709270087,
  33430.57558358813,
  2509.0809287301227
]
const CENTRE_BOTTOM = [
  1,
  42.31333070160091,
  687.1870074920579,
  5394.196021424751,
  21213.794301586597,
  39307.89580009271,
  28729.085735721943,
  5226.495278852854
]
const TAIL_TOP = [
  1.4234371107496835,
  4.630337846156546,
  5.769497221460691,
  3.6478483247632045,
  1.2704582524523684,
  0.2417807251774506,
  0.022723844989269184,
  0.0007745450142783414
]
const TAIL_BOTTOM = [
  1,
  2.053191626637759,
  1.6763848301838038,
  0.6897673349851,
  0.14810397642748008,
  0.015198666563616457,
  0.0005475938084995345,
  1.0507500716444169e-9
]
const FAR_TOP = [
  6.657904643501103,
  5.463784911164114,
  1.7848265399172913,
  0.29656057182850487,
  0.026532189526576124,
  0.0012426609473880784,
  0.000027115555687434876,
  2.0103343992922881e-7
]
const FAR_BOTTOM = [
  1,
  0.599832206555888,
  0.1369298809227358,
  0.014875361290850615,
  0.0007868691311456133,
  0.000018463183175100548,
  1.421511758316446e-7,
  2.0442631033899397e-15
]
