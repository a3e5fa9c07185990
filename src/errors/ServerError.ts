/**
 * What can go wrong with the health server and with telemetry, as typed faults.
 * In: facts. Out: errors that carry severity and runbook.
 * Neither stops trading by itself: both are settled at start, before the first order.
 */
import { Schema } from "effect"
import { Fault } from "../domain/Fault.ts"

/** The port was asked for by name and somebody else listens on it. Medium. */
export class PortTaken extends Fault<PortTaken>()("PortTaken", "Medium", "port-taken", {
  host: Schema.String,
  port: Schema.Int
}) {
  override get message() {
    return `port ${this.port} on ${this.host} is taken: stop what listens there, choose another port, or set server.port to 0`
  }
}

/** The address cannot be listened on for another reason (no such host, no permission). Medium. */
export class ServerNotStarted extends Fault<ServerNotStarted>()("ServerNotStarted", "Medium", "port-taken", {
  host: Schema.String,
  port: Schema.Int,
  words: Schema.String
}) {
  override get message() {
    return `the health server cannot listen on ${this.host} port ${this.port}: ${this.words}`
  }
}

/** telemetry.endpoint is no http(s) URL. Medium. */
export class TelemetryEndpointInvalid extends Fault<TelemetryEndpointInvalid>()(
  "TelemetryEndpointInvalid",
  "Medium",
  "telemetry-endpoint",
  { endpoint: Schema.String }
) {
  override get message() {
    return `telemetry.endpoint is "${this.endpoint}", but must be an http(s) URL such as http://127.0.0.1:4318, or null`
  }
}

/** A batch of spans did not arrive; it is counted and given up. Low. */
export class ExportFailed extends Fault<ExportFailed>()("ExportFailed", "Low", "telemetry-export", {
  words: Schema.String
}) {
  override get message() {
    return `traces could not be sent: ${this.words}`
  }
}
