package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"ocopstat/normalize/number"
	"ocopstat/record"
)

// numberLine is a number as "normalize number" prints it.
type numberLine struct {
	Text      string           `json:"text"`
	Value     record.Decimal   `json:"value"`            // of a fraction the part, of a range the lower end
	Second    *record.Decimal  `json:"second,omitempty"` // of a fraction the whole, of a range the upper end
	Decimals  uint8            `json:"decimals"`         // as printed
	Qualifier record.Qualifier `json:"qualifier"`
	Kind      string           `json:"kind"` // single, fraction or range
	Percent   bool             `json:"percent"`
	Words     bool             `json:"words"`   // some part is in words
	Ordinal   bool             `json:"ordinal"` // says which, not how many
	Span      record.Span      `json:"span"`    // of the number without bound words, in bytes
}

var kindNames = map[number.Kind]string{number.Single: "single", number.Fraction: "fraction", number.Range: "range"}

var errCode = errors.New("not a number: part of a name or reference")

func newNormalizeNumber() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "number [TEXT...]",
		Short: "Read Vietnamese numbers in digits and words",
		Long: `Prints the value of each number with its printed decimals, and how a word beside
it bounds it: = exactly, >= ít nhất, > hơn, <= không quá, < gần, ~ khoảng. A
number that can be read in two ways is an error that says which. A number that
begins with a dash comes after --.`,
		Example: `  ocopstat normalize number "hơn 1.234" "12.439,5" "38,80%" "370/453" "từ 8 đến 10"
  ocopstat normalize number -- "-5"
  echo "một trăm linh hai" | ocopstat normalize number`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return eachText(cmd, args, readNumber)
		},
	}
	cmd.SetFlagErrorFunc(func(_ *cobra.Command, err error) error {
		return usageError{fmt.Errorf("%w; put -- before a number that begins with a dash", err)}
	})
	return cmd
}

func readNumber(s string) (any, error) {
	n, q, err := number.Parse(s)
	if err != nil {
		return nil, err
	}
	if n.Code {
		return nil, errCode
	}
	l := numberLine{
		Text: s, Value: n.Value, Decimals: n.Value.Scale, Qualifier: q, Kind: kindNames[n.Kind],
		Percent: n.Percent, Words: n.Words, Ordinal: n.Ordinal, Span: n.Span,
	}
	if n.Kind != number.Single {
		l.Second = &n.Second
	}
	return l, nil
}
