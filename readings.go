package ocopstat

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"ocopstat/extract"
	"ocopstat/ingest"
	"ocopstat/ingest/archive"
	"ocopstat/record"
	"ocopstat/table"
)

// ReadingsFolder is the name of the folder in which readings are kept: beside the
// archive files that they are of, or in the folder of the results.
const ReadingsFolder = "readings"

// inputReadings begins the name of readings of files that are no archives.
const inputReadings = "inputs"

// store keeps what reading gave from one run to the next, each reading in a
// folder of its own whose name says of what it is, of which content and by which
// version of the reader: what is found under the name is what reading would give.
type store struct {
	version string // of the reader
	own     string // the folder of readings that have no archive to stand beside; "" keeps none of them
}

// newStore is the store of a run, with scans recognised or not.
func newStore(own string, ocr bool) (store, error) {
	v, err := readerVersion()
	if ocr {
		sum := sha256.Sum256([]byte(v + recognisedType))
		v = hex.EncodeToString(sum[:])
	}
	return store{version: v, own: own}, err
}

// stem begins the names of the readings of something by this version of the reader.
func (s store) stem(of string) string { return of + "." + s.version[:12] + "-" }

// name is the name of a reading of something with a content.
func (s store) name(of, content string) string { return s.stem(of) + content[:16] }

// archive reads one file of an archive, or takes what an earlier run kept of it,
// and hands it to take part by part. It returns the problems that are not kept
// with it: they may be gone the next time.
func (s store) archive(ctx context.Context, r readers, whole *archive.Reader, file string, take func(*table.Reading) error) ([]error, error) {
	before, err := os.Stat(file)
	digest := ""
	if err == nil && !archive.Growing(file) {
		digest, err = fileDigest(file)
	}
	of, folders := filepath.Base(file), s.beside(file)
	var w *writing
	if err == nil && digest != "" {
		name := s.name(of, digest)
		if got, ok := s.open(folders, name); ok {
			return nil, got.each(take)
		}
		w = beginIn(folders, name)
	}
	defer w.discard()
	g := gathered{take: w.copying(take)}
	if err := g.all(r.all(ctx, recordsIn(ctx, whole, file), nil, g.add)); err != nil {
		return nil, err
	}
	if len(g.problems) == 0 && unchanged(file, before) {
		if dir := w.keep(); dir == folders[0] {
			forget(dir, of, w.name) // elsewhere files of one name may be of several archives
		}
	}
	return g.problems, nil
}

// ReadArchives reads WARC files, and folders of them, and keeps in a folder what a
// run makes its results from, a reading a file: here those that the folder then
// has. Files of which it had the reading are passed over. What cannot be read is a
// problem; of a damaged file that is kept with the reading. The error is one that
// stopped it.
func ReadArchives(ctx context.Context, out string, jobs int, paths ...string) (shards []Shard, problems []error, err error) {
	readers, err := newReaders(Config{Jobs: jobs})
	if err != nil {
		return nil, nil, err
	}
	s, err := newStore(out, false)
	if err != nil {
		return nil, nil, err
	}
	files, problems := warcFiles(paths)
	whole := archive.Among(files)
	for _, file := range files {
		shard, err := s.shard(ctx, readers, whole, file)
		switch {
		case ctx.Err() != nil:
			return shards, problems, ctx.Err()
		case errors.As(err, new(record.Problem)):
			problems = append(problems, err)
			continue
		case err != nil:
			problems = append(problems, fmt.Errorf("%s has no reading in %s: %w", file, out, err))
			continue
		}
		shards = append(shards, shard)
		for _, u := range shard.Unread {
			problems = append(problems, u.Problem)
		}
	}
	return shards, problems, nil
}

// Shard is the reading of one archive file.
type Shard struct {
	Name              string // of its folder
	Articles, Figures int
	Unread            []Unread
}

// Unread is a record of an archive that could not be read, and why.
type Unread struct {
	Offset int64 // of the record, as archive.Damage counts
	record.Problem
}

// shard returns the reading of one file of an archive out of the store's own
// folder, where it is kept if it was not there.
func (s store) shard(ctx context.Context, r readers, whole *archive.Reader, file string) (Shard, error) {
	before, err := os.Stat(file)
	if err != nil {
		return Shard{}, ingest.Unreadable(file, err)
	}
	growing := record.Problem{Name: file, Reason: "is being written to", Advice: "\"ocopstat run --archive\" reads what is there"}
	if archive.Growing(file) {
		return Shard{}, growing
	}
	digest, err := fileDigest(file)
	if err != nil {
		return Shard{}, ingest.Unreadable(file, err)
	}
	shard := Shard{Name: s.name(filepath.Base(file), digest)}
	count := func(part *table.Reading) error {
		shard.Articles, shard.Figures = shard.Articles+len(part.Articles), shard.Figures+len(part.Figures)
		for _, d := range part.Documents {
			if d.Outcome == table.IsProblem {
				shard.Unread = append(shard.Unread, Unread{d.Offset, d.Problem})
			}
		}
		return nil
	}
	if got, ok := s.open([]string{s.own}, shard.Name); ok {
		return shard, got.each(count)
	}
	w, err := begin(s.own, shard.Name)
	if err != nil {
		return Shard{}, err
	}
	defer w.discard()
	g := gathered{damaged: true, take: func(part *table.Reading) error { return errors.Join(w.add(part), count(part)) }}
	err = g.all(r.all(ctx, recordsIn(ctx, whole, file), nil, g.add))
	if err := errors.Join(append(g.problems, err)...); err != nil {
		return Shard{}, err
	}
	if !unchanged(file, before) {
		return Shard{}, growing
	}
	return shard, w.finish()
}

// unchanged reports whether a file is as it was before.
func unchanged(file string, before os.FileInfo) bool {
	after, err := os.Stat(file)
	return err == nil && after.Size() == before.Size() && after.ModTime().Equal(before.ModTime())
}

// recordsIn yields the documents of one file of an archive.
func recordsIn(ctx context.Context, whole *archive.Reader, file string) iter.Seq[document] {
	return func(yield func(document) bool) {
		for d := range capturesIn(ctx, file, whole.File(ctx, file)) {
			d.offset = whole.Offset()
			if !yield(d) {
				return
			}
		}
	}
}

// inWords is what is wrong with a document of an archive, under the name that the
// archive file has anywhere; ok is false for what may be right the next time.
func inWords(err error) (p record.Problem, ok bool) {
	d := new(archive.Damage)
	if !errors.As(err, &d) {
		return p, errors.As(err, &p)
	}
	p = record.Problem{Name: fmt.Sprintf("%s: at byte %d", filepath.Base(d.File), d.Offset), Reason: d.Reason, Advice: restore}
	if d.URL != "" {
		p.Name += " (" + d.URL + ")"
	}
	if d.Err != nil {
		p.Reason += ": " + d.Err.Error()
	}
	return p, true
}

// given collects the readings of folders that ReadArchives made.
func (c *collected) given(s store) error {
	for _, dir := range c.cfg.Readings {
		entries, err := os.ReadDir(dir)
		if err != nil {
			c.sum.Problems = append(c.sum.Problems, ingest.Unreadable(dir, err))
			continue
		}
		for _, e := range entries {
			if !isReading(e.Name()) {
				continue
			}
			at := filepath.Join(dir, e.Name())
			got, err := openReading(at)
			if err == nil && !strings.Contains(e.Name(), s.stem("")) {
				err = errVersion
			}
			if err != nil {
				c.sum.Problems = append(c.sum.Problems, record.Problem{Name: at, Reason: "cannot be used: " + err.Error(),
					Advice: "read its archive again with this version of the program"})
				continue
			}
			if err := got.each(c.take); err != nil {
				return err
			}
		}
	}
	return nil
}

// errVersion reports a reading of another version of the reader.
var errVersion = errors.New("it was made by another version of the program")

// isReading reports the name of a reading.
func isReading(name string) bool {
	i := strings.LastIndexByte(name, '.')
	return i > 0 && !strings.HasPrefix(name, unfinished) && isReadingName(name[i+1:])
}

// inputs reads files that are no archives and hands what comes of them to take,
// part by part. What was read of the same content earlier is taken from there.
func (s store) inputs(ctx context.Context, r readers, inputs []ingest.Input, take func(*table.Reading) error) ([]error, error) {
	var w *writing
	if s.own != "" {
		w = beginIn([]string{s.own}, s.name(inputReadings, noContent))
	}
	defer w.discard()
	keys, articles := sha256.New(), 0
	g := gathered{take: w.copying(func(part *table.Reading) error {
		articles += len(part.Articles)
		for _, d := range part.Documents {
			fmt.Fprintln(keys, d.Key)
		}
		return take(part)
	})}
	if err := g.all(r.all(ctx, documentsIn(ctx, inputs), s.earlier(), g.add)); err != nil {
		return nil, err
	}
	if w != nil && g.anew > 0 && articles > 0 && len(g.problems) == 0 {
		w.name = s.name(inputReadings, hex.EncodeToString(keys.Sum(nil)))
		if dir := w.keep(); dir != "" {
			forget(dir, inputReadings, w.name)
		}
	}
	return g.problems, nil
}

// noContent stands for a content that is not known yet.
const noContent = "0000000000000000"

// earlier is what was read of files that are no archives, by key: where it stands,
// and the parts that were looked at last.
type earlier struct {
	at     map[string]int // the part that has a key
	parts  []keptPart
	mu     sync.Mutex
	recent []recentPart // the latest last
}

// keptPart is one part of a reading.
type keptPart struct {
	of keptReading
	n  int
}

// recentPart is what a part has, by key.
type recentPart struct {
	n    int
	have map[string]reading
}

// earlier finds what the store has of files that are no archives.
func (s store) earlier() *earlier {
	out := &earlier{at: map[string]int{}}
	entries, _ := os.ReadDir(s.own) // without it there are none
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), s.stem(inputReadings)) {
			continue
		}
		got, ok := s.open([]string{s.own}, e.Name())
		for n := 0; ok && n < got.parts; n++ {
			part, err := got.part(n)
			if err != nil {
				continue // its documents are read again
			}
			for _, d := range part.Documents {
				if d.Key != "" {
					out.at[d.Key] = len(out.parts)
				}
			}
			out.parts = append(out.parts, keptPart{got, n})
		}
	}
	return out
}

// find returns what was read of a document.
func (e *earlier) find(key string) (reading, bool) {
	if e == nil {
		return reading{}, false
	}
	n, ok := e.at[key]
	if !ok {
		return reading{}, false
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, p := range e.recent {
		if p.n == n {
			r, ok := p.have[key]
			return r, ok
		}
	}
	part, err := e.parts[n].of.part(e.parts[n].n)
	if err != nil {
		return reading{}, false
	}
	have, byArticle := map[string]reading{}, parts(part)
	for _, d := range part.Documents {
		r := byArticle[d.ArticleID]
		r.document, r.kept = d, true
		have[d.Key] = r
	}
	const keep = 4 // documents come mostly in the order in which they came before
	e.recent = append(e.recent[max(0, len(e.recent)-keep+1):], recentPart{n, have})
	r, ok := have[key]
	return r, ok
}

// parts are the articles of a reading with what was found in each, by ID.
func parts(r table.Reading) map[string]reading {
	out := make(map[string]reading, len(r.Articles))
	for i, a := range r.Articles {
		out[a.ID] = reading{article: a, sketch: r.Sketches[i]}
	}
	in := func(id string, add func(*extract.Result)) {
		x := out[id]
		add(&x.result)
		out[id] = x
	}
	for _, f := range r.Figures {
		in(f.ArticleID, func(x *extract.Result) { x.Figures = append(x.Figures, f) })
	}
	for _, g := range r.Groups {
		in(record.ArticleOf(g.Whole), func(x *extract.Result) { x.Groups = append(x.Groups, g) })
	}
	for _, y := range r.Rejections {
		in(y.ArticleID, func(x *extract.Result) { x.Rejections = append(x.Rejections, y) })
	}
	for _, c := range r.Checks {
		id := record.ArticleOf(c.Figures[0])
		x := out[id]
		x.checks = append(x.checks, c)
		out[id] = x
	}
	return out
}

// gathered is a reading in the making. What has come together goes to take when it
// is a part.
type gathered struct {
	table.Reading
	take     func(*table.Reading) error
	size     int     // bytes of text in the present part
	any      bool    // a part was taken
	problems []error // that are more than their words
	damaged  bool    // what is damaged is kept with the reading all the same, in words
	anew     int     // documents that were not read earlier
	seen     map[string]bool
}

// The documents and bytes of text that are a part of a reading.
const (
	partDocuments = 2000
	partText      = 8 << 20
)

// add adds what came of the next document.
func (g *gathered) add(r reading) error {
	if r.err != nil {
		p, ok := inWords(r.err)
		if !ok || !g.damaged {
			g.problems = append(g.problems, r.err)
			return nil
		}
		r.document.Problem = p
	}
	if !r.kept {
		g.anew++
	}
	g.Documents = append(g.Documents, r.document)
	if r.document.Outcome == table.IsArticle && !g.seen[r.article.ID] {
		if g.seen == nil {
			g.seen = map[string]bool{}
		}
		g.seen[r.article.ID] = true
		slog.Debug("read", "url", r.article.URL, "article", r.article.ID,
			"figures", len(r.result.Figures), "rejections", len(r.result.Rejections), "kept", r.kept)
		g.Articles, g.Sketches = append(g.Articles, r.article), append(g.Sketches, r.sketch)
		g.Figures = append(g.Figures, r.result.Figures...)
		g.Groups = append(g.Groups, r.result.Groups...)
		g.Rejections = append(g.Rejections, r.result.Rejections...)
		g.Checks = append(g.Checks, r.checks...)
		g.size += len(r.article.Text)
	}
	if len(g.Documents) < partDocuments && g.size < partText {
		return nil
	}
	return g.part()
}

// part hands over what has come together.
func (g *gathered) part() error {
	part := g.Reading
	g.Reading, g.size, g.any, g.seen = table.Reading{}, 0, true, nil // every part has the articles of its documents
	return g.take(&part)
}

// all hands over the last part, unless reading has failed. There is always one.
func (g *gathered) all(err error) error {
	if err != nil || g.any && len(g.Documents) == 0 {
		return err
	}
	return g.part()
}

// beside are the folders in which the reading of an archive file may be kept, the
// better one first.
func (s store) beside(file string) []string {
	out := []string{filepath.Join(filepath.Dir(file), ReadingsFolder)}
	if s.own != "" {
		out = append(out, s.own)
	}
	return out
}

// open opens the reading of a name in the first of the folders that has it whole.
func (s store) open(folders []string, name string) (keptReading, bool) {
	for _, dir := range folders {
		r, err := openReading(filepath.Join(dir, name))
		if err == nil {
			return r, true
		}
		if !errors.Is(err, fs.ErrNotExist) {
			slog.Warn("a kept reading cannot be used, its documents are read again", "folder", filepath.Join(dir, name), "error", err)
		}
	}
	return keptReading{}, false
}
