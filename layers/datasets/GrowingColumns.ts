/**
 * Columns of float64 that grow while a file is read.
 * In: rows, written at `count` by the parser. Out: typed arrays of equal length, cut to what was written.
 * Here because nobody knows how many rows a packed file holds; room that is never written costs no memory.
 */

const START = 16_384

export class GrowingColumns {
  openTime = new Float64Array(START)
  open = new Float64Array(START)
  high = new Float64Array(START)
  low = new Float64Array(START)
  close = new Float64Array(START)
  volume = new Float64Array(START)
  /** Digits after the point of each volume as written, at most 12: what sums of volumes are rounded to. */
  volumeDigits = new Uint8Array(START)
  /** Rows written. */
  count = 0

  /** Makes sure that row `count` may be written. */
  room(): void {
    if (this.count === this.volumeDigits.length) this.#grow(2 * this.count)
  }

  /** The columns as far as they are written; their room is shared, so nothing is added afterwards. */
  written(): Written {
    const cut = (column: Float64Array) => column.subarray(0, this.count)
    return {
      openTime: cut(this.openTime),
      open: cut(this.open),
      high: cut(this.high),
      low: cut(this.low),
      close: cut(this.close),
      volume: cut(this.volume),
      volumeDigits: this.volumeDigits.subarray(0, this.count)
    }
  }

  // What is outgrown is given back at once, not when the collector comes by.
  #grow(length: number): void {
    const grown = (column: Float64Array<ArrayBuffer>) => new Float64Array(column.buffer.transfer(8 * length))
    this.openTime = grown(this.openTime)
    this.open = grown(this.open)
    this.high = grown(this.high)
    this.low = grown(this.low)
    this.close = grown(this.close)
    this.volume = grown(this.volume)
    this.volumeDigits = new Uint8Array(this.volumeDigits.buffer.transfer(length))
  }
}

/** A file's own bars; what Columns are made of, and the digits of the volumes besides. */
export interface Written {
  readonly openTime: Float64Array
  readonly open: Float64Array
  readonly high: Float64Array
  readonly low: Float64Array
  readonly close: Float64Array
  readonly volume: Float64Array
  readonly volumeDigits: Uint8Array
}
