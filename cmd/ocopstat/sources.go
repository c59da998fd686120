package main

import (
	"errors"
	"fmt"
	"slices"
	"text/tabwriter"
	"time"

	"github.com/google/renameio/v2"
	"github.com/spf13/cobra"

	"ocopstat/ingest/crawl"
	"ocopstat/ingest/source"
	"ocopstat/record"
)

func newSources() *cobra.Command {
	list := newSourcesList()
	cmd := &cobra.Command{
		Use:   "sources [list|check]",
		Short: "List the sources of articles, or try each of them",
		Long: `The catalogue says where articles come from: portals and newspapers of the
provinces, central portals, national papers. Its rows are tab-separated: id,
outlet, host, province, kind (feed, sitemap, listing, page, folder), url, pattern
of the links that are articles, authority (portal, newspaper, agency,
aggregator), and a note on how the row was established.`,
		Example: `  ocopstat sources
  ocopstat sources check --contact office@example.vn baohatinh
  ocopstat sources check --sources ours.tsv`,
		Args: noArgs,
		RunE: list.RunE,
	}
	cmd.Flags().AddFlagSet(list.Flags())
	cmd.AddCommand(list, newSourcesCheck())
	return cmd
}

func newSourcesList() *cobra.Command {
	var file string
	cmd := &cobra.Command{
		Use:     "list [--sources FILE] [ID...]",
		Short:   "List the sources",
		Example: `  ocopstat sources list`,
	}
	cmd.Flags().StringVar(&file, "sources", "", "catalogue of sources in place of the one that comes with the program")
	cmd.RunE = func(cmd *cobra.Command, ids []string) error {
		all, err := source.Load(file)
		if err == nil {
			all, err = withIDs(all, ids)
		}
		if err != nil {
			return err
		}
		tw := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 0, 2, ' ', 0)
		fmt.Fprintln(tw, "source\toutlet\tprovince\tkind\tauthority\turl\tnote")
		for _, s := range all {
			fmt.Fprintf(tw, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", s.ID, s.Outlet, s.Province, s.Kind, s.Authority, s.URL, s.Note)
		}
		return tw.Flush()
	}
	return cmd
}

// errNoSource means that a check reached no source; each has its line.
var errNoSource = errors.New("no source could be reached; is this machine on the web")

func newSourcesCheck() *cobra.Command {
	var web webFlags
	var mended string
	cmd := &cobra.Command{
		Use:   "check [--sources FILE] [--mended FILE] [ID...]",
		Short: "Try every source and say what to mend",
		Long: `Goes to every source once, or to those named, and reports what robots.txt says,
whether the source answers with what its kind promises, how many links it has and
how many look like OCOP, the day of its last article, and what to mend. Nothing is
kept. --mended writes a copy of the catalogue in which sources that have moved
have their new address, and their old host as an alias. Exit status: 1 when no
source could be reached.`,
		Example: `  ocopstat sources check --contact office@example.vn
  ocopstat sources check --sources ours.tsv baohatinh`,
	}
	web.add(cmd)
	cmd.Flags().StringVar(&mended, "mended", "", "file for a copy of the catalogue with the addresses of sources that have moved")
	cmd.RunE = func(cmd *cobra.Command, ids []string) error {
		var cfg crawl.Config
		if err := web.configure(cmd, &cfg); err != nil {
			return err
		}
		var err error
		if cfg.Sources, err = withIDs(cfg.Sources, ids); err != nil {
			return err
		}
		findings, err := crawl.Check(cmd.Context(), cfg)
		if err != nil {
			return err
		}
		if err := crawl.WriteFindings(cmd.OutOrStdout(), findings); err != nil {
			return err
		}
		if !slices.ContainsFunc(findings, func(f crawl.Finding) bool { return f.OK }) {
			return errNoSource
		}
		if mended == "" {
			return nil
		}
		moved := map[int]string{}
		for _, f := range findings {
			moved[f.Source.Line] = f.Moved
		}
		text, err := source.Mended(web.sources, moved, time.Now().In(record.Vietnam).Format(time.DateOnly))
		if err != nil {
			return err
		}
		return renameio.WriteFile(mended, []byte(text), 0o644)
	}
	return cmd
}

// withIDs are the sources with the IDs, all when none is given.
func withIDs(all []source.Source, ids []string) ([]source.Source, error) {
	if len(ids) == 0 {
		return all, nil
	}
	var out []source.Source
	for _, id := range ids {
		before := len(out)
		for _, s := range all {
			if s.ID == id {
				out = append(out, s)
			}
		}
		if len(out) == before {
			return nil, usageError{fmt.Errorf("no source is called %q; \"ocopstat sources\" lists them", id)}
		}
	}
	return out, nil
}
