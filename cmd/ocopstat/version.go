package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"
)

func newVersion() *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "Print the version of the program",
		Example: `  ocopstat version`,
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, err := fmt.Fprintln(cmd.OutOrStdout(), "ocopstat", buildVersion(), runtime.Version())
			return err
		},
	}
}

// buildVersion is the module's version; Go makes it of the commit when the program was built from a checkout.
func buildVersion() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}

// productVersion is the version as servers are told it, a word without blanks.
func productVersion() string {
	if version, ok := strings.CutPrefix(buildVersion(), "v"); ok {
		return version
	}
	return "dev"
}
