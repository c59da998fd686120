package main

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"ocopstat"
	"ocopstat/export/texts"
)

func newExplain() *cobra.Command {
	var cfg ocopstat.Config
	var query ocopstat.Query
	var in inputFlags
	var at string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "explain PLACE [--measure WORDS] [--at DATE] [--json] [--archive FILE|DIR]... [--data DIR] [INPUT...]",
		Short: "Say how the statistics of a place came about",
		Long: `Reads articles as "run" does, writes nothing, and prints a line for each
statistic of a place: its value, how far it can be relied on and why, what it has
grown or fallen by, what was corrected and what is said instead. One or two are
shown in full: the figures they rest on with their sentences and links, the values
that were not taken, the checks and the sum worked out.

PLACE is a name, with or without accents and with its province before a slash
where two places share one, or a code of the General Statistics Office.
--measure narrows to statistics that have all of the words among their codes:
"product", "producer", a number of stars, "percent", "total" for neither stars
nor kinds of producer.`,
		Example: `  ocopstat explain "Hậu Giang"
  ocopstat explain 93 --measure "product 4" --at 2025-06-30
  ocopstat explain --data /srv/ocop "Lào Cai/Sa Pa" --json`,
	}
	in.add(cmd, &cfg, "archive, inbox and decisions.csv")
	flags := cmd.Flags()
	flags.StringVar(&query.Measure, "measure", "", "codes that the statistics must have, such as \"producer percent\"")
	flags.StringVar(&at, "at", "", "the state of things on that day, 2025-06-30 (default the latest)")
	flags.BoolVar(&asJSON, "json", false, "print JSON")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if len(args) == 0 {
			return usageError{errors.New("give the name or code of a place")}
		}
		var err error
		if query.At, err = dateOf("at", at); err != nil {
			return err
		}
		query.Place = args[0]
		if err := in.configure(cmd, &cfg, args[1:], func(o ocopstat.Office) error { return o.Inputs(&cfg) }); err != nil {
			return err
		}
		orWhatIsHere(cmd.ErrOrStderr(), &cfg)
		sum, told, err := ocopstat.Explain(cmd.Context(), cfg, query)
		complain(cmd, sum.Problems...)
		complain(cmd, withoutEffect(sum, texts.English)...)
		if err != nil {
			return err
		}
		if len(told.Statistics) == 0 {
			return fmt.Errorf("there is no such statistic of %q; see the sheet of all figures, or leave out --measure and --at", query.Place)
		}
		if !asJSON {
			return told.WriteText(cmd.OutOrStdout())
		}
		out := json.NewEncoder(cmd.OutOrStdout())
		out.SetEscapeHTML(false)
		out.SetIndent("", "  ")
		return out.Encode(told)
	}
	return cmd
}
