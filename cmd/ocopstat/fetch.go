package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"ocopstat/ingest/crawl"
	"ocopstat/ingest/fetch"
	"ocopstat/ingest/source"
	"ocopstat/record"
)

// contactVariable is the environment variable that stands in for --contact.
const contactVariable = "OCOPSTAT_CONTACT"

func newFetch() *cobra.Command {
	var cfg crawl.Config
	var web webFlags
	var since string
	cmd := &cobra.Command{
		Use:   "fetch [--sources FILE] [--archive DIR] [--contact MAIL] [--since DATE] [URL...]",
		Short: "Fetch articles about OCOP from the web into an archive",
		Long: `Goes to the sources of the catalogue, finds the articles that may be about OCOP,
and keeps every answer in WARC files: what "ocopstat run" then reads, and what
proves every number later. With URLs only these are fetched, whatever they are
about, with the documents attached to them.

It obeys robots.txt, waits between two requests to a host, and asks only for what
has changed. Ended at any moment, even by a power cut, it goes on where it was
when it is started again. Nothing but http and https is fetched, and nothing from
addresses that are not public.

Say who you are with --contact or the variable ` + contactVariable + `: those who
run the servers see it, and can write to you instead of shutting you out. A proxy
is taken from HTTPS_PROXY, HTTP_PROXY and NO_PROXY.

Exit status: 1 when nothing could be fetched at all.`,
		Example: `  ocopstat fetch --contact office@example.vn && ocopstat run
  ocopstat fetch --since 2026-01-01 --sources ours.tsv
  ocopstat fetch https://example.vn/bai-viet-123.html`,
	}
	web.add(cmd)
	flags := cmd.Flags()
	flags.StringVar(&cfg.Archive, "archive", "archive", "folder of the archive")
	flags.StringVar(&since, "since", "", "leave out articles known to be older than this day, 2026-01-31")
	flags.BoolVar(&cfg.All, "all", false, "fetch also what does not look like OCOP")
	flags.IntVar(&cfg.MaxPages, "max", 500, "articles fetched from one source at most")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if err := checkAddresses(args); err != nil {
			return err
		}
		if cfg.MaxPages < 1 {
			return usageError{fmt.Errorf("--max %d: give a number above 0", cfg.MaxPages)}
		}
		day, err := dateOf("since", since)
		if err != nil {
			return err
		}
		if day.Known() {
			y, m, d := day.Civil()
			cfg.Since = time.Date(y, time.Month(m), d, 0, 0, 0, 0, record.Vietnam)
		}
		cfg.URLs = args
		if err := web.configure(cmd, &cfg); err != nil {
			return err
		}
		report, err := crawl.Run(cmd.Context(), cfg)
		if len(report.Sources) > 0 {
			if _, printed := report.WriteTo(cmd.OutOrStdout()); printed != nil {
				err = errors.Join(err, printed)
			}
		}
		if err != nil {
			return err
		}
		return report.Err()
	}
	return cmd
}

// webFlags are the flags of the commands that go to the web.
type webFlags struct {
	sources, contact string
	delay            time.Duration
	allowPrivate     bool
}

// minDelay is the shortest pause between two requests to a host of others.
const minDelay = time.Second

func (w *webFlags) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&w.sources, "sources", "", "catalogue of sources in place of the one that comes with the program")
	flags.StringVar(&w.contact, "contact", "", "mail or web address at which you can be reached (default the variable "+contactVariable+")")
	flags.DurationVar(&w.delay, "delay", 2*time.Second, "pause between two requests to a host, at least")
	flags.BoolVar(&w.allowPrivate, "allow-private", false, "also fetch from this machine and the local network, of the hosts named in URLs and in the catalogue; for tests only")
}

// configure fills in the catalogue, how to fetch and where to show it.
func (w *webFlags) configure(cmd *cobra.Command, cfg *crawl.Config) error {
	if w.delay < minDelay && !w.allowPrivate {
		return usageError{fmt.Errorf("--delay %v: wait at least %v, or servers will shut you out", w.delay, minDelay)}
	}
	all, err := source.Load(w.sources)
	if err != nil {
		return err
	}
	contact := cmp.Or(w.contact, os.Getenv(contactVariable))
	if contact == "" {
		complain(cmd, errors.New("servers are not told whom to write to; say it with --contact or "+contactVariable))
	}
	cfg.Sources = all
	cfg.Fetch = fetch.Options{Contact: contact, Version: productVersion(), MinDelay: max(w.delay, 1)}
	if w.allowPrivate {
		cfg.Fetch.AllowPrivate = cfg.Names
	}
	cfg.Progress = cmd.ErrOrStderr()
	cfg.Terminal = isTerminal(cfg.Progress)
	return nil
}

// checkAddresses reports what is no address on the web.
func checkAddresses(args []string) error {
	for _, a := range args {
		u, err := url.Parse(a)
		if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
			return usageError{fmt.Errorf("%q is not an address; write it whole, as https://example.vn/bai-viet", a)}
		}
	}
	return nil
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}
