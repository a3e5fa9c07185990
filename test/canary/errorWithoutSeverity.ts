/**
 * An error class without severity and runbook: type-checking this folder must refuse it.
 * In: nothing. Out: one diagnostic, arguments missing.
 * Here because the whole escalation reads its level off the type; npm run check fails if this compiles.
 */
import { Schema } from "effect"
import { Fault } from "../../src/domain/Fault.ts"

export class Nameless extends Fault<Nameless>()("Nameless", { fact: Schema.String }) {}
