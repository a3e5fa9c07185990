/**
 * The mailboxes of one desk: the only way actors reach each other.
 * In: capacities. Out: one bounded two-lane mailbox an actor; commands go down, bells ring back (decisions 3).
 * They live outside every incarnation, so a crash loses the message in hand and no other.
 */
import { Context, Layer } from "effect"
import { makeMailbox } from "../supervision/Mailbox.ts"
import type {
  BallotMessage,
  BarMessage,
  ControlCommand,
  IncidentReport,
  JournalMessage,
  PredictionMessage,
  RowMessage
} from "./messages.ts"

const make = (capacity: number) => ({
  feed: makeMailbox<never, "stop">({ name: "feed", capacity }),
  feature: makeMailbox<BarMessage>({ name: "feature", capacity }),
  inference: makeMailbox<RowMessage>({ name: "inference", capacity }),
  strategy: makeMailbox<PredictionMessage>({ name: "strategy", capacity }),
  risk: makeMailbox<BallotMessage>({ name: "risk", capacity }),
  journal: makeMailbox<JournalMessage>({ name: "journal", capacity }),
  venue: makeMailbox<never>({ name: "venue", capacity }),
  reconciler: makeMailbox<never>({ name: "reconciler", capacity }),
  execution: makeMailbox<never>({ name: "execution", capacity }),
  protection: makeMailbox<never>({ name: "protection", capacity }),
  portfolio: makeMailbox<never>({ name: "portfolio", capacity }),
  incident: makeMailbox<IncidentReport>({ name: "incident", capacity }),
  control: makeMailbox<ControlCommand>({ name: "control", capacity })
})

export class Mailboxes
  extends Context.Service<Mailboxes, ReturnType<typeof make>>()("daruma/actors/Mailboxes")
{
  /** `capacity` bounds every data lane; 1 is legal and tested (decisions 3). */
  static readonly layer = (capacity: number): Layer.Layer<Mailboxes> =>
    Layer.sync(Mailboxes, () => make(capacity))
}
