// Ocopstat reads Vietnamese provincial news and reports about OCOP (Mỗi xã một
// sản phẩm) and makes of the numbers printed there statistics that can be cited.
package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"os/signal"
	"runtime/debug"
	"slices"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"ocopstat/ingest/archive"
	"ocopstat/record"
)

// The exit codes.
const (
	exitOK          = 0
	exitFailed      = 1   // nothing could be done, or a score is below its minimum
	exitUsage       = 2   // the command line is wrong
	exitInterrupted = 130 // Ctrl-C; what was written before is whole
)

func main() { os.Exit(run()) }

// memory is how much the program takes before it collects garbage more often than
// it would, unless GOMEMLIMIT says otherwise.
const memory = 900 << 20

func run() int {
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memory)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	cmd, err := newRoot().ExecuteContextC(ctx)
	if err == nil {
		return exitOK
	}
	say := func(message string) { fmt.Fprintln(os.Stderr, "ocopstat: "+saidIn(cmd, message)) }
	var usage usageError
	switch {
	case ctx.Err() != nil:
		say("interrupted; files written before are whole")
		return exitInterrupted
	case errors.As(err, &usage):
		say(err.Error() + "; see \"ocopstat --help\"")
		return exitUsage
	}
	say(err.Error())
	return exitFailed
}

// usageError is a mistake in the command line.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "ocopstat",
		Short: "Statistics on OCOP products and producers from Vietnamese news and reports",
		Long: `ocopstat reads Vietnamese provincial news and reports about OCOP (Mỗi xã một sản
phẩm), finds the numbers that count OCOP products and producers, checks them
against each other and writes tables: an Excel workbook, Parquet and CSV.
Every number keeps its place in the article that printed it.

Exit status: 0 when it worked, 1 when nothing could be done, 2 for a mistake in
the command line.`,
		Example: `  ocopstat run                        # the articles that come with the program
  ocopstat run --out result inbox/    # a folder of saved pages
  ocopstat fetch && ocopstat run      # what the web has
  ocopstat extract page.html          # the figures of one page`,
		Args:          noArgs,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	verbose := root.PersistentFlags().BoolP("verbose", "v", false, "log every step to standard error")
	root.PersistentPreRun = func(cmd *cobra.Command, _ []string) {
		level := slog.LevelWarn
		if *verbose {
			level = slog.LevelDebug
		}
		slog.SetDefault(slog.New(slog.NewTextHandler(cmd.ErrOrStderr(), &slog.HandlerOptions{Level: level})))
	}
	root.SetHelpFunc(helpIn(root.HelpFunc()))
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	root.AddCommand(newRun(), newReview(), newDeliver(), newFetch(), newArchive(), newSources(), newRead(), newExtract(), newNormalize(), newEval(), newVersion())
	root.AddCommand(newRelease(), newExplain())
	return root
}

// noArgs and atLeastOne are checks of the number of arguments.
func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usageError{fmt.Errorf("%q is not a command or argument of %q", args[0], cmd.CommandPath())}
	}
	return nil
}

func atLeastOne(what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) == 0 {
			return usageError{fmt.Errorf("%q needs at least one %s", cmd.CommandPath(), what)}
		}
		return nil
	}
}

// oneOf checks the value of a flag.
func oneOf(flag, value string, allowed ...string) error {
	if slices.Contains(allowed, value) {
		return nil
	}
	return usageError{fmt.Errorf("--%s %q is not one of %v", flag, value, allowed)}
}

// complain prints problems that do not stop the command. Those of one kind, in one
// archive file or zip or at one host, are one line.
func complain(cmd *cobra.Command, problems ...error) {
	more := map[string]int{}
	for _, err := range problems {
		more[kindOf(err)]++
	}
	for _, err := range problems {
		kind := kindOf(err)
		n := more[kind]
		switch delete(more, kind); {
		case n == 1:
			fmt.Fprintln(cmd.ErrOrStderr(), "ocopstat: "+saidIn(cmd, err.Error()))
		case n > 1:
			fmt.Fprintln(cmd.ErrOrStderr(), "ocopstat: "+saidIn(cmd, fmt.Sprintf("%v (and %d more of this kind there)", err, n-1)))
		}
	}
}

// kindOf tells problems apart that are to have lines of their own.
func kindOf(err error) string {
	damage, problem := new(archive.Damage), record.Problem{}
	switch {
	case errors.As(err, &damage):
		return damage.File + "\n" + damage.Reason
	case errors.As(err, &problem):
		if u, bad := url.Parse(problem.Name); bad == nil && u.Host != "" {
			return u.Host + "\n" + problem.Reason
		}
		if zip := strings.Index(strings.ToLower(problem.Name), ".zip/"); zip >= 0 {
			return problem.Name[:zip] + "\n" + problem.Reason
		}
	}
	return err.Error()
}
