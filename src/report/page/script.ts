/**
 * The page's one script, and the hash by which the page lets it run and nothing else.
 * In: the parts. Out: the text of the script element and its SHA-256 for the content security policy.
 * The hash is written down because this room computes no hashes; a test says the right one when the script changes.
 */
import { CROSSHAIR } from "./crosshairScript.ts"
import { TRADES } from "./tradesScript.ts"

/** Comfort only: the page says everything without it. */
export const SCRIPT = `{\n"use strict"\n${
  (CROSSHAIR + TRADES).replace(/^\s*\/\/.*/gm, "").replace(/\n\s*/g, "\n").trim()
}\n}`

export const SCRIPT_HASH = "sha256-MZRGmfRQWN+G8/V9SMOxZPjReFSLot0Zd55n5DWZbGY="
