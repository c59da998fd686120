// Package sites is what an instrumented package asks whether a condition is left
// out. Only the copies that cmd/train/ablate makes import it.
package sites

// Off is asked at every condition that holds: true makes as if it did not.
var Off = func(site int) bool { return false }
