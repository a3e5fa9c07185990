/**
 * What can go wrong in the actor kit itself: a spent budget, a child that ended or was interrupted by a stranger.
 * In: names and figures of the tree. Out: faults with severity and runbook.
 * Failures of the actors themselves are declared in their own rooms; these are about keeping actors alive.
 */
import { Schema } from "effect"
import { Fault } from "../domain/Fault.ts"
import type { Severity } from "../domain/severityTable.ts"

const SEVERITY = Schema.Literals(["Critical", "High", "Medium", "Low"])

/** A group failed more often than its budget allows; its severity is the one that the group declares. */
export class BudgetSpent
  extends Fault<BudgetSpent>()("BudgetSpent", "High" as Severity, "supervision-budget-spent", {
    group: Schema.String,
    declared: SEVERITY,
    max: Schema.Int,
    withinMillis: Schema.Int,
    lastFailure: Schema.String
  })
{
  override get severity(): Severity {
    return this.declared
  }
  override get message() {
    return `${this.group}: more than ${this.max} failures in ${this.withinMillis} ms, the last: ${this.lastFailure}`
  }
}

/** A permanent child came to an end without failing; it is restarted, and the end counts as a failure. */
export class ChildEnded extends Fault<ChildEnded>()("ChildEnded", "Medium", "supervision-child-ended", {
  child: Schema.String
}) {
  override get message() {
    return `${this.child}: ended, but is declared permanent`
  }
}

/** An incarnation was interrupted by something other than its supervisor. */
export class ChildInterrupted extends Fault<ChildInterrupted>()(
  "ChildInterrupted",
  "Medium",
  "supervision-child-interrupted",
  { child: Schema.String }
) {
  override get message() {
    return `${this.child}: interrupted, but not by its supervisor`
  }
}

/** A command reached an actor whose behaviour has no `onControl`: a defect of ours, raised as one. */
export class CommandUnhandled extends Fault<CommandUnhandled>()(
  "CommandUnhandled",
  "High",
  "supervision-command-unhandled",
  { child: Schema.String }
) {
  override get message() {
    return `${this.child}: got a command, but its behaviour handles none`
  }
}

/** A tree that cannot be supervised as written: a defect of ours, raised before anything starts. */
export class TreeMalformed
  extends Fault<TreeMalformed>()("TreeMalformed", "Critical", "supervision-tree-malformed", {
    group: Schema.String,
    words: Schema.String
  })
{
  override get message() {
    return `${this.group}: ${this.words}`
  }
}
