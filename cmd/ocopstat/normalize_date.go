package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"ocopstat/normalize/date"
	"ocopstat/record"
)

// dateLine is an expression of time as "normalize date" prints it. Periods are
// in the notation of record.Period: 2022, 2022-12, 2022-12-31, 2021/2025.
type dateLine struct {
	Text     string             `json:"text"`
	Period   record.Period      `json:"period"` // "" when it cannot be settled
	Whole    record.Period      `json:"whole"`  // the whole of the unit named
	Basis    record.PeriodBasis `json:"basis"`
	Mark     string             `json:"mark"`
	Unit     string             `json:"unit"`
	Span     record.Span        `json:"span"` // in bytes
	Deadline bool               `json:"deadline,omitempty"`
	Round    bool               `json:"round,omitempty"`
	RoundNo  int                `json:"round_no,omitempty"`
	Compared bool               `json:"compared,omitempty"`
	Part     bool               `json:"part,omitempty"`
	Weak     bool               `json:"weak,omitempty"`
}

var markNames = map[date.Mark]string{
	date.In: "in", date.AsOf: "as of", date.Now: "now", date.Since: "since",
	date.Session: "session", date.Duration: "duration", date.Same: "same",
}

var unitNames = map[date.Unit]string{
	date.UnitNone: "", date.UnitDay: "day", date.UnitMonth: "month", date.UnitQuarter: "quarter",
	date.UnitYear: "year", date.UnitSpan: "span",
}

func newNormalizeDate() *cobra.Command {
	var published string
	var year int
	cmd := &cobra.Command{
		Use:   "date [--published DATE] [--year YEAR] [TEXT...]",
		Short: "Read Vietnamese dates and periods",
		Long: `Prints the period that each expression of time means (2022, 2022-12, 2022-12-31
or 2021/2025), and what that rests on: "text" the words alone, "context" --year,
"published" --published. A period that cannot be settled is "". "mark" says how
the words relate to the period: in, as of, now, since, session, duration, same.`,
		Example: `  ocopstat normalize date "quý I/2024" "tính đến ngày 31/10/2022" "giai đoạn 2021-2025"
  ocopstat normalize date --published 2024-01-15 "đến nay" "năm ngoái"
  ocopstat normalize date --year 2023 "tháng 6"`,
	}
	cmd.Flags().StringVar(&published, "published", "", "when the text was published, YYYY-MM-DD")
	cmd.Flags().IntVar(&year, "year", 0, "the year that the text speaks of")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		day, err := isoDate("published", published)
		if err != nil {
			return err
		}
		if cmd.Flags().Changed("year") && (year < 1 || year > 9999) {
			return usageError{fmt.Errorf("--year %d is not a year from 1 to 9999", year)}
		}
		ctx := date.Context{Published: day, Year: year}
		return eachText(cmd, args, func(s string) (any, error) { return readDate(s, ctx) })
	}
	return cmd
}

func readDate(s string, ctx date.Context) (any, error) {
	e, err := date.Parse(s, ctx)
	if err != nil {
		return nil, err
	}
	return dateLine{
		Text: s, Period: e.Period, Whole: e.Whole, Basis: e.Basis, Mark: markNames[e.Mark], Unit: unitNames[e.Unit],
		Span: e.Span, Deadline: e.Deadline, Round: e.Round, RoundNo: e.No, Compared: e.Compared, Part: e.Part, Weak: e.Weak,
	}, nil
}
