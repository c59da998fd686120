package ocopstat

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"ocopstat/export"
	"ocopstat/normalize/place"
	"ocopstat/normalize/text"
	"ocopstat/reconcile"
	"ocopstat/record"
	"ocopstat/table"
)

// Office is a folder that an office keeps from week to week:
//
//	archive/           what was fetched, as WARC files
//	inbox/             documents that people put there
//	decisions.csv      the office's decisions, see readDecisions
//	readings/          what was read of them, so that nothing is read twice; it may be deleted
//	issues/2026-W47/   the workbook and tables of that week; below, editions/ has what earlier editions said
//	release/1.2.0/     a release of the dataset
//
// Either of archive and inbox may be missing.
type Office string

func (o Office) decisionsFile() string { return filepath.Join(string(o), "decisions.csv") }

// issue is the folder of a week's results.
func (o Office) issue(week string) string { return filepath.Join(string(o), "issues", week) }

// Releases is the folder of all releases.
func (o Office) Releases() string { return filepath.Join(string(o), "release") }

// decisions reads decisions.csv; there are none when there is no such file.
func (o Office) decisions() ([]record.Decision, error) {
	f, err := os.Open(o.decisionsFile())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	list, err := readDecisions(f, f.Name())
	if err != nil || !slices.ContainsFunc(list, func(d record.Decision) bool { return d.Action == record.OfPlace }) {
		return list, err
	}
	places, err := place.Load()
	if err != nil {
		return nil, err
	}
	for i := range list {
		if d := &list[i]; d.Action == record.OfPlace {
			if d.Place = placeNamed(places, d.To); !d.Place.Known() {
				return nil, fmt.Errorf("%s: line %d: to: no place is named %q; write it as \"Phú Thọ\", \"Phú Thọ (63)\" or \"Mộc Châu, Sơn La (63)\"", f.Name(), d.Line, d.To)
			}
		}
	}
	return list, nil
}

// placeNamed is the place that somebody wrote: a name with its type word or the
// larger place where these are needed, and "(63)" behind it for one of before the
// merger; unknown when several or none can be meant.
func placeNamed(places *place.Gazetteer, name string) record.Place {
	name, old := strings.CutSuffix(name, " (63)")
	at := record.Merger
	if old {
		at--
	}
	toks := text.Scan(nil, name, 0, len(name))
	m, used := places.Scan(name, toks, 0)
	if used == 0 || m.Typed == "" && used < len(toks) && toks[used].Kind == text.Word {
		return record.Place{}
	}
	p, _, _ := places.Resolve(m, place.Context{At: at})
	return p
}

// placeName writes a place so that placeNamed finds it.
func placeName(p record.Place) string {
	name := p.Name
	if p.Level == record.LevelDistrict || p.Level == record.LevelCommune {
		name += ", " + p.ProvinceName
	}
	if p.Vintage == record.Vintage63 {
		name += " (63)"
	}
	return name
}

// lastIssue is the latest week for which there are tables, before a given week
// if that is not "". It is "" when there is none.
func (o Office) lastIssue(before string) (string, error) {
	entries, err := os.ReadDir(filepath.Join(string(o), "issues"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("cannot look for earlier issues: %w; make it a folder that you may read", err)
	}
	last := ""
	for _, e := range entries {
		week := e.Name()
		if _, err := export.Monday(week); err != nil || week <= last || before != "" && week >= before {
			continue
		}
		if _, err := os.Stat(filepath.Join(o.issue(week), "statistics.parquet")); err == nil {
			last = week
		}
	}
	return last, nil
}

// Inputs sets what is read: archive and inbox, and the decisions.
func (o Office) Inputs(cfg *Config) (err error) {
	if dir := filepath.Join(string(o), "archive"); inUse(dir) {
		cfg.Archives = append(cfg.Archives, dir)
	}
	if dir := filepath.Join(string(o), "inbox"); inUse(dir) {
		cfg.Inputs = append(cfg.Inputs, dir)
	}
	if len(cfg.Archives)+len(cfg.Inputs) == 0 {
		return fmt.Errorf("%s has nothing in its folders archive and inbox; make inbox and put documents there", o)
	}
	cfg.Keep = filepath.Join(string(o), ReadingsFolder)
	cfg.Decisions, err = o.decisions()
	return err
}

// Week sets what a week's run reads and writes: what Inputs does, and the
// statistics of the issue before and the folder of the week.
func (o Office) Week(cfg *Config) error {
	if _, err := export.Monday(cfg.Week); err != nil {
		return err
	}
	if err := o.Inputs(cfg); err != nil {
		return err
	}
	cfg.Out = o.issue(cfg.Week)
	cfg.Editions = Editions(cfg.Out)
	previous, err := o.lastIssue(cfg.Week)
	if err != nil || previous == "" {
		return err
	}
	cfg.Before = &Issue{Week: previous}
	cfg.Before.Statistics, err = export.ReadStatistics(o.issue(previous))
	return err
}

// Issue is what a run compares with: an issue made before.
type Issue struct {
	Week       string
	Statistics []record.Statistic
}

// changes are those since the issue, as both their tables have them.
func (is *Issue) changes(set *table.Set) (*export.Changes, error) {
	now, err := table.ReadStatistics(set.Statistics, set.Places)
	if err != nil {
		return nil, err
	}
	c := export.Compare(is.Statistics, now)
	return &c, nil
}

// inUse reports a folder that holds something, or cannot be looked into: that
// is then a problem of the run.
func inUse(dir string) bool {
	entries, err := os.ReadDir(dir)
	return len(entries) > 0 || err != nil && !errors.Is(err, fs.ErrNotExist)
}

// latest is the last decision on each figure by a day; 0 is any.
func latest(list []record.Decision, by record.Date) map[string]record.Decision {
	byFigure := map[string]record.Decision{}
	for _, d := range list {
		old, ok := byFigure[d.Figure]
		if d.Figure != "" && (by <= 0 || d.Date <= by) && (!ok || d.Date >= old.Date) {
			byFigure[d.Figure] = d
		}
	}
	maps.DeleteFunc(byFigure, func(_ string, d record.Decision) bool { return d.Action == record.Withdraw })
	return byFigure
}

// actions are decisions as the tables have them.
func actions(byFigure map[string]record.Decision) map[string]record.Action {
	out := make(map[string]record.Action, len(byFigure))
	for id, d := range byFigure {
		out[id] = d.Action
	}
	return out
}

// marks are decisions as the workbook's sheet "to decide" has them.
func marks(byFigure map[string]record.Decision) []export.Mark {
	out := make([]export.Mark, 0, len(byFigure))
	for _, id := range slices.Sorted(maps.Keys(byFigure)) {
		d := byFigure[id]
		out = append(out, mark(id, d))
	}
	return out
}

func mark(figure string, d record.Decision) export.Mark {
	return export.Mark{FigureID: figure, StatisticID: d.Statistic, Decision: d.Action, Value: d.Value, To: d.To,
		Reason: d.Reason, By: d.By, On: d.Date, Expect: d.Expect}
}

// unfit are decisions without effect as the workbook lists them.
func unfit(list []reconcile.Unfit) (out []export.Unfit) {
	for _, u := range list {
		out = append(out, export.Unfit{Mark: mark(u.Figure, u.Decision), Line: u.Line, Why: u.Why})
	}
	return out
}
