//go:build !unix

package ingest

import "os/exec"

// withChildren does nothing where a command cannot be killed with all that it started.
func withChildren(*exec.Cmd) {}
