package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"ocopstat/normalize/date"
	"ocopstat/normalize/number"
	"ocopstat/normalize/place"
	"ocopstat/normalize/text"
	"ocopstat/record"
)

func newNormalize() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "normalize number|date|place|text [TEXT...]",
		Short: "Read single Vietnamese numbers, dates and place names",
		Long: `Reads each TEXT, or each line of standard input when there is none, as one
Vietnamese number, date or place name and nothing else, and prints one JSON
object a line. "text" is what was read. One that cannot be read has "error"
with the reason, and the exit status is then 1.`,
		Example: `  ocopstat normalize number "hơn 1.234" "38,8%" "hai mươi mốt"
  ocopstat normalize date --published 2024-01-15 "quý I/2024" "đến nay"
  ocopstat normalize place --at 2025-08-01 "Phú Thọ" "huyện Lấp Vò"
  cut -f 3 names.tsv | ocopstat normalize place | jq -r .code`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newNormalizeNumber(), newNormalizeDate(), newNormalizePlace(), newNormalizeText())
	return cmd
}

// wordsLine is a text as "normalize text" prints it.
type wordsLine struct {
	Text  string   `json:"text"`
	NFC   string   `json:"nfc"`   // composed letters
	Words []string `json:"words"` // folded as lookups compare them; numbers as printed
}

func newNormalizeText() *cobra.Command {
	return &cobra.Command{
		Use:   "text [TEXT...]",
		Short: "Compose letters and fold words as lookups do",
		Long: `Prints each text with composed letters (Unicode NFC), and its words and numbers
as they are compared: small letters, one placement of the tone, no look-alike or
invisible characters.`,
		Example: `  ocopstat normalize text "HOÀ BÌNH"    # {"text":"HOÀ BÌNH","nfc":"HOÀ BÌNH","words":["hòa","bình"]}
  ocopstat normalize text < words.txt`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return eachText(cmd, args, func(s string) (any, error) {
				return wordsLine{Text: s, NFC: text.NFC(s), Words: foldedWords(s)}, nil
			})
		},
	}
}

func foldedWords(s string) []string {
	words := []string{}
	for _, t := range text.Scan(nil, s, 0, len(s)) {
		switch t.Kind {
		case text.Word:
			words = append(words, text.Fold(s[t.Start:t.End]))
		case text.Digits:
			words = append(words, strings.Map(dropInvisible, s[t.Start:t.End]))
		}
	}
	return words
}

func dropInvisible(r rune) rune {
	if text.IsInvisible(r) {
		return -1
	}
	return r
}

// errorLine is a text that could not be read.
type errorLine struct {
	Text   string      `json:"text"`
	Error  string      `json:"error"`
	Others []placeJSON `json:"others,omitempty"` // the places that an ambiguous name can mean
}

var errNotUTF8 = errors.New("not UTF-8; convert it first, for example with iconv")

// eachText reads every argument, or every line of standard input, and prints
// what read makes of it, an error as an errorLine. The error of eachText tells
// how many there were.
func eachText(cmd *cobra.Command, args []string, read func(string) (any, error)) error {
	n, bad := 0, 0
	err := eachInput(cmd.Context(), args, cmd.InOrStdin(), func(s string) error {
		n++
		var line any
		err := errNotUTF8
		if utf8.ValidString(s) {
			line, err = read(s)
		}
		if err != nil {
			bad++
			failed := errorLine{Text: s, Error: strings.TrimPrefix(err.Error(), strconv.Quote(s)+": ")}
			var ambiguous ambiguousPlace
			if errors.As(err, &ambiguous) {
				failed.Others = placesJSON(ambiguous)
			}
			line = failed
		}
		return writeJSON(cmd.OutOrStdout(), line)
	})
	if err == nil && bad > 0 {
		err = fmt.Errorf("%d of %d texts could not be read; see \"error\" in the output", bad, n)
	}
	return err
}

// maxLine is the longest line of standard input, in bytes.
const maxLine = 1 << 20

// eachInput calls do with the arguments or, when there are none, with the lines
// of in. It does not wait for a line when ctx has ended.
func eachInput(ctx context.Context, args []string, in io.Reader, do func(string) error) error {
	if len(args) > 0 {
		for _, s := range args {
			if err := do(s); err != nil {
				return err
			}
		}
		return nil
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	lines := make(chan string)
	var failed error
	go func() {
		defer close(lines)
		failed = sendLines(ctx, in, lines)
	}()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case s, ok := <-lines:
			if !ok {
				return failed
			}
			if err := do(s); err != nil {
				return err
			}
		}
	}
}

func sendLines(ctx context.Context, in io.Reader, lines chan<- string) error {
	sc := bufio.NewScanner(in)
	sc.Buffer(nil, maxLine)
	n := 0
	for sc.Scan() {
		n++
		select {
		case <-ctx.Done():
			return ctx.Err()
		case lines <- sc.Text():
		}
	}
	if err := sc.Err(); err != nil {
		return fmt.Errorf("line %d of standard input: %w", n+1, err)
	}
	return nil
}

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
			return eachText(cmd, args, numberIn)
		},
	}
	cmd.SetFlagErrorFunc(func(_ *cobra.Command, err error) error {
		return usageError{fmt.Errorf("%w; put -- before a number that begins with a dash", err)}
	})
	return cmd
}

func numberIn(s string) (any, error) {
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
		day, err := dateOf("published", published)
		if err != nil {
			return err
		}
		if cmd.Flags().Changed("year") && (year < 1 || year > 9999) {
			return usageError{fmt.Errorf("--year %d is not a year from 1 to 9999", year)}
		}
		ctx := date.Context{Published: day, Year: year}
		return eachText(cmd, args, func(s string) (any, error) { return dateIn(s, ctx) })
	}
	return cmd
}

func dateIn(s string, ctx date.Context) (any, error) {
	e, err := date.Parse(s, ctx)
	if err != nil {
		return nil, err
	}
	return dateLine{
		Text: s, Period: e.Period, Whole: e.Whole, Basis: e.Basis, Mark: markNames[e.Mark], Unit: unitNames[e.Unit],
		Span: e.Span, Deadline: e.Deadline, Round: e.Round, RoundNo: e.No, Compared: e.Compared, Part: e.Part, Weak: e.Weak,
	}, nil
}

// placeLine is a place as "normalize place" prints it.
type placeLine struct {
	Text string `json:"text"`
	placeJSON
	Basis  record.PlaceBasis `json:"basis"`
	Others []placeJSON       `json:"others,omitempty"` // what else it means when the date is not known
}

type placeJSON struct {
	record.Place
	Path string `json:"path"` // "Hậu Giang/Long Mỹ"
}

func placesJSON(places []record.Place) []placeJSON {
	out := make([]placeJSON, len(places))
	for i, p := range places {
		out[i] = placeJSON{p, p.Path()}
	}
	return out
}

// ambiguousPlace is the error of a name with several meanings.
type ambiguousPlace []record.Place

func (a ambiguousPlace) Error() string {
	return fmt.Sprintf("one of %d places; say which with its type word (huyện …), what it lies in (…, tỉnh …), --province or --at", len(a))
}

var errNotPlace = errors.New("not a place name; names begin with capitals, and a commune needs its type word (xã …)")

func newNormalizePlace() *cobra.Command {
	var at, province string
	cmd := &cobra.Command{
		Use:   "place [--at DATE] [--province PROVINCE] [TEXT...]",
		Short: "Read Vietnamese place names",
		Long: `Prints the code (of the General Statistics Office), vintage and name of each
place. The vintage is 63, the provinces until 2025-06-30, or 34, those since;
--at decides, and without it the 63 are meant and "others" has what the name
means since. A name that several places bear is an error, with them in "others".`,
		Example: `  ocopstat normalize place "TP.HCM" "huyện Long Mỹ" "xã Nậm Đét, huyện Bắc Hà, tỉnh Lào Cai"
  ocopstat normalize place --at 2025-08-01 "Phú Thọ"
  ocopstat normalize place --province "Đồng Tháp" "Cao Lãnh"`,
	}
	cmd.Flags().StringVar(&at, "at", "", "the day the text speaks of, YYYY-MM-DD")
	cmd.Flags().StringVar(&province, "province", "", "the province the text speaks of, by name or code")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		day, err := dateOf("at", at)
		if err != nil {
			return err
		}
		gaz, err := place.Load()
		if err != nil {
			return err
		}
		r := placeReader{gaz, place.Context{At: day}}
		if province != "" {
			if r.ctx.Province, err = r.province(province); err != nil {
				return err
			}
		}
		return eachText(cmd, args, r.line)
	}
	return cmd
}

// placeReader reads whole strings as places.
type placeReader struct {
	gaz *place.Gazetteer
	ctx place.Context
}

func (r placeReader) line(s string) (any, error) {
	p, basis, others, err := r.place(s)
	if err != nil {
		return nil, err
	}
	return placeLine{Text: s, placeJSON: placeJSON{p, p.Path()}, Basis: basis, Others: placesJSON(others)}, nil
}

func (r placeReader) place(s string) (p record.Place, basis record.PlaceBasis, others []record.Place, err error) {
	toks := text.Scan(nil, s, 0, len(s))
	if len(toks) == 0 {
		return p, basis, nil, errors.New("nothing to read")
	}
	m, used := r.gaz.Scan(s, toks, 0)
	if used == 0 {
		return p, basis, nil, errNotPlace
	}
	if rest := r.afterWithin(s, toks, used, m); rest < len(toks) {
		return p, basis, nil, fmt.Errorf("not one place name: %q is left over", s[toks[rest].Start:])
	}
	p, basis, others = r.gaz.Resolve(m, r.ctx)
	switch {
	case p.Known():
		return p, basis, others, nil
	case len(others) > 0:
		return p, basis, nil, ambiguousPlace(others)
	}
	return p, basis, nil, errors.New("no place of this name lies where the text says")
}

// afterWithin returns the token after the larger places that follow a mention
// and that it was found to lie in: "xã A (huyện B)", "huyện B, tỉnh C".
func (r placeReader) afterWithin(s string, toks []text.Token, i int, m place.Mention) int {
	for _, larger := range m.Within {
		j := i
		for j < len(toks) && isJoin(toks[j]) {
			j++
		}
		if len(larger) == 0 || j >= len(toks) {
			break
		}
		next, n := r.gaz.Scan(s, toks, j)
		if n == 0 || !slices.ContainsFunc(next.Candidates, func(p record.Place) bool { return slices.Contains(larger, p) }) {
			break
		}
		i = j + n
	}
	for i < len(toks) && toks[i].Key == ')' {
		i++
	}
	return i
}

func isJoin(t text.Token) bool {
	return t.Kind == text.Punct && strings.ContainsRune("(,-–—", rune(t.Key))
}

// province reads the value of --province.
func (r placeReader) province(s string) (record.Place, error) {
	v := record.VintageAt(r.ctx.At)
	for _, v := range []record.Vintage{v, record.Vintage63, record.Vintage34} {
		if p, ok := r.gaz.Province(s, v); ok {
			return p, nil
		}
	}
	p, _, _, err := r.place(s)
	if err != nil || p.Level != record.LevelProvince {
		return record.Place{}, usageError{fmt.Errorf("--province: %q is neither the name nor the code of a province", s)}
	}
	return p, nil
}
