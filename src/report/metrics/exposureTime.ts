/**
 * Exposure time: how much of the time something is held.
 * In: bars with a position, all bars. Out: a share, 0 to 1.
 * A return made in a tenth of the time is another return.
 */

/** barsHeld / bars; NaN for no bar. Source: backtesting.py `Exposure Time`. */
export const exposureTime = (barsHeld: number, bars: number): number => barsHeld / bars
