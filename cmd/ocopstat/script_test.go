package main

import (
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"ocopstat": main})
}

// programIn puts the program, which the test is too (see TestMain), into a
// folder for processes that are to be killed.
func programIn(t *testing.T, dir string) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(dir, "ocopstat")
	if err := os.Symlink(self, program); err != nil {
		t.Skip("no symbolic links here: ", err)
	}
	return program
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"serve": serve,
			// envsubst FILE replaces variables in a file.
			"envsubst": func(ts *testscript.TestScript, _ bool, args []string) {
				body := os.Expand(ts.ReadFile(args[0]), ts.Getenv)
				ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(body), 0o666))
			},
			// bytes FILE QUOTED... writes a file of Go-quoted strings.
			"bytes": func(ts *testscript.TestScript, _ bool, args []string) {
				var body string
				for _, arg := range args[1:] {
					s, err := strconv.Unquote(`"` + arg + `"`)
					ts.Check(err)
					body += s
				}
				ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(body), 0o666))
			},
			// size FILE MB makes a file that large which takes no room.
			"size": func(ts *testscript.TestScript, _ bool, args []string) {
				mb, err := strconv.ParseInt(args[1], 10, 64)
				ts.Check(err)
				f, err := os.Create(ts.MkAbs(args[0]))
				ts.Check(err)
				ts.Check(f.Truncate(mb << 20))
				ts.Check(f.Close())
			},
			"rows": rowsCommand,
			"mark": markCommand,
		},
	})
}
