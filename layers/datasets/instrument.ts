/**
 * Which instrument a data file is about.
 * In: the path and what the command line says. Out: the instrument row, or a refusal that lists the three ways to name it.
 * Here because a file without a name must not be read as yen (decisions 20).
 */
import { Effect, Schema } from "effect"
import { readFileSync, statSync } from "node:fs"
import { basename } from "node:path"
import { instrumentByFileName, instrumentById, INSTRUMENTS } from "../../src/domain/Instrument.ts"
import type { Instrument } from "../../src/domain/Instrument.ts"
import { InstrumentUnknown } from "../../src/errors/FeedError.ts"

const Sidecar = Schema.fromJsonString(Schema.Struct({ instrument: Schema.String }))

/** `named` (the command line) wins over `<file>.json`, that over the file's name. Errors: InstrumentUnknown (Medium). */
const instrumentOf = Effect.fn("Datasets.instrumentOf")(
  function*(file: string, named: string | null): Effect.fn.Return<Instrument, InstrumentUnknown> {
    if (named !== null) return yield* known(file, named)
    const sidecar = `${file}.json`
    if (statSync(sidecar, { throwIfNoEntry: false })?.isFile() === true) {
      const said = yield* Effect.try(() => readFileSync(sidecar, "utf8")).pipe(
        Effect.flatMap(Schema.decodeUnknownEffect(Sidecar)),
        Effect.mapError(() =>
          new InstrumentUnknown({ file, words: `${sidecar} does not say {"instrument": "venue:BASE/QUOTE"}` })
        )
      )
      return yield* known(file, said.instrument)
    }
    const byName = instrumentByFileName(basename(file))
    if (byName !== undefined) return byName
    return yield* new InstrumentUnknown({
      file,
      words:
        `it does not say what is traded: use --instrument (one of ${ids()}), a file ${basename(sidecar)}, `
        + "or a name such as binance-btcusdt-15m.csv.gz"
    })
  }
)

const known = (file: string, id: string): Effect.Effect<Instrument, InstrumentUnknown> => {
  const found = instrumentById(id)
  if (found !== undefined) return Effect.succeed(found)
  return Effect.fail(
    new InstrumentUnknown({ file, words: `${JSON.stringify(id)} is no instrument we know (${ids()})` })
  )
}

const ids = (): string => INSTRUMENTS.map((known) => known.id).join(", ")

export { instrumentOf }
