//go:build unix

package ingest

import (
	"os/exec"
	"syscall"
)

// withChildren lets a command be killed with all that it started.
func withChildren(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}
