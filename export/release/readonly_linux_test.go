package release

import (
	"os"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"ocopstat/table"
)

// Root may write everywhere, so the files are written as nobody: Linux keeps
// that identity by thread.
func TestReadOnlyFolder(t *testing.T) {
	out := t.TempDir()
	if err := os.Chmod(out, 0o555); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(out, 0o777)
	set := built(t, table.Rows{})
	if os.Geteuid() == 0 {
		runtime.LockOSThread() // never unlocked: the thread ends with the test
		const nobody = 65534
		if err := syscall.Setfsuid(nobody); err != nil {
			t.Skip("cannot become somebody else: ", err)
		}
	}
	_, err := Write(t.Context(), set, options(out, "1.2.0", ""))
	if os.Geteuid() == 0 {
		_ = syscall.Setfsuid(0)
	}
	if err == nil || !strings.Contains(err.Error(), "choose a folder that you may write to") || strings.Contains(err.Error(), "\n") {
		t.Errorf("got %v", err)
	}
}
