package ocopstat

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"ocopstat/export"
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

// archive returns the reading of one file of an archive, and the problems that are
// not kept with it: they may be gone the next time.
func (s store) archive(ctx context.Context, r readers, whole *archive.Reader, file string, folders ...string) (table.Reading, []error, error) {
	before, err := os.Stat(file)
	digest := ""
	if err == nil && !archive.Growing(file) {
		digest, err = fileDigest(file)
	}
	of := filepath.Base(file)
	name := ""
	if err == nil && digest != "" {
		name = s.name(of, digest)
		if got, ok := s.load(folders, name); ok {
			return got, nil, nil
		}
	}
	var got gathered
	if err := r.all(ctx, recordsIn(ctx, whole, file), nil, got.add); err != nil {
		return table.Reading{}, nil, err
	}
	if name != "" && len(got.problems) == 0 && unchanged(file, before) {
		if dir := s.save(folders, name, &got.Reading); dir == filepath.Join(filepath.Dir(file), ReadingsFolder) {
			forget(dir, of, name) // elsewhere files of one name may be of several archives
		}
	}
	return got.Reading, got.problems, nil
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
	got, ok := s.load([]string{s.own}, shard.Name)
	if !ok {
		g := gathered{damaged: true}
		err = r.all(ctx, recordsIn(ctx, whole, file), nil, g.add)
		if err := errors.Join(append(g.problems, err)...); err != nil {
			return Shard{}, err
		}
		if !unchanged(file, before) {
			return Shard{}, growing
		}
		got = g.Reading
		if err := saveReading(s.own, shard.Name, &got); err != nil {
			return Shard{}, err
		}
	}
	shard.Articles, shard.Figures = len(got.Articles), len(got.Figures)
	for _, d := range got.Documents {
		if d.Outcome == table.IsProblem {
			shard.Unread = append(shard.Unread, Unread{d.Offset, d.Problem})
		}
	}
	return shard, nil
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
func (c *collected) given(s store) {
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
			got, err := loadReading(at)
			if err == nil && !strings.Contains(e.Name(), s.stem("")) {
				err = errVersion
			}
			if err != nil {
				c.sum.Problems = append(c.sum.Problems, record.Problem{Name: at, Reason: "cannot be used: " + err.Error(),
					Advice: "read its archive again with this version of the program"})
				continue
			}
			c.take(got, nil)
		}
	}
}

// errVersion reports a reading of another version of the reader.
var errVersion = errors.New("it was made by another version of the program")

// isReading reports the name of a reading.
func isReading(name string) bool {
	i := strings.LastIndexByte(name, '.')
	return i > 0 && !strings.HasPrefix(name, unfinished) && isReadingName(name[i+1:])
}

// inputs returns the reading of files that are no archives. What was read of the
// same content earlier is taken from there.
func (s store) inputs(ctx context.Context, r readers, inputs []ingest.Input) (table.Reading, []error, error) {
	var got gathered
	if err := r.all(ctx, documentsIn(ctx, inputs), s.earlier(), got.add); err != nil {
		return table.Reading{}, nil, err
	}
	if s.own != "" && got.anew > 0 && len(got.Articles) > 0 && len(got.problems) == 0 {
		sum := sha256.New()
		for _, d := range got.Documents {
			fmt.Fprintln(sum, d.Key)
		}
		name := s.name(inputReadings, hex.EncodeToString(sum.Sum(nil)))
		if dir := s.save([]string{s.own}, name, &got.Reading); dir != "" {
			forget(dir, inputReadings, name)
		}
	}
	return got.Reading, got.problems, nil
}

// earlier are the readings of files that are no archives, by key.
func (s store) earlier() map[string]reading {
	out := map[string]reading{}
	entries, _ := os.ReadDir(s.own) // without it there are none
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), s.stem(inputReadings)) {
			continue
		}
		got, ok := s.load([]string{s.own}, e.Name())
		if !ok {
			continue
		}
		byArticle := parts(got)
		for _, d := range got.Documents {
			if d.Key != "" {
				r := byArticle[d.ArticleID]
				r.document, r.kept = d, true
				out[d.Key] = r
			}
		}
	}
	return out
}

// parts are the articles of a reading with what was found in each, by ID.
func parts(r table.Reading) map[string]reading {
	out := make(map[string]reading, len(r.Articles))
	for _, a := range r.Articles {
		out[a.ID] = reading{article: a}
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
	return out
}

// gathered is a reading in the making.
type gathered struct {
	table.Reading
	problems []error // that are more than their words
	damaged  bool    // what is damaged is kept with the reading all the same, in words
	anew     int     // documents that were not read earlier
	seen     map[string]bool
}

// add adds what came of the next document.
func (g *gathered) add(r reading) {
	if r.err != nil {
		p, ok := inWords(r.err)
		if !ok || !g.damaged {
			g.problems = append(g.problems, r.err)
			return
		}
		r.document.Problem = p
	}
	if !r.kept {
		g.anew++
	}
	g.Documents = append(g.Documents, r.document)
	if r.document.Outcome != table.IsArticle || g.seen[r.article.ID] {
		return
	}
	if g.seen == nil {
		g.seen = map[string]bool{}
	}
	g.seen[r.article.ID] = true
	slog.Debug("read", "url", r.article.URL, "article", r.article.ID,
		"figures", len(r.result.Figures), "rejections", len(r.result.Rejections), "kept", r.kept)
	g.Articles = append(g.Articles, r.article)
	g.Figures = append(g.Figures, r.result.Figures...)
	g.Groups = append(g.Groups, r.result.Groups...)
	g.Rejections = append(g.Rejections, r.result.Rejections...)
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

// load returns the reading of a name from the first of the folders that has it
// whole.
func (s store) load(folders []string, name string) (table.Reading, bool) {
	for _, dir := range folders {
		r, err := loadReading(filepath.Join(dir, name))
		if err == nil {
			return r, true
		}
		if !errors.Is(err, fs.ErrNotExist) {
			slog.Warn("a kept reading cannot be used, its documents are read again", "folder", filepath.Join(dir, name), "error", err)
		}
	}
	return table.Reading{}, false
}

// save keeps a reading in the first of the folders that lets itself be written to
// and returns that folder, "" when none does: that costs the next run time and
// nothing else.
func (s store) save(folders []string, name string, r *table.Reading) string {
	var errs []error
	for _, dir := range folders {
		err := saveReading(dir, name, r)
		if err == nil {
			return dir
		}
		errs = append(errs, err)
	}
	if len(folders) > 0 {
		slog.Warn("what was read cannot be kept, the next run reads it again", "reading", name, "error", errors.Join(errs...))
	}
	return ""
}

// unfinished begins the name of a reading that is being written.
const unfinished = ".new-"

// forget removes earlier readings of the same thing.
func forget(dir, of, name string) {
	entries, _ := os.ReadDir(dir) // there is nothing to remove where it cannot be read
	for _, e := range entries {
		if rest, ok := strings.CutPrefix(strings.TrimPrefix(e.Name(), unfinished), of+"."); ok && e.Name() != name && isReadingName(rest) {
			_ = os.RemoveAll(filepath.Join(dir, e.Name())) // it does no harm where it stays
		}
	}
}

// isReadingName reports "VERSION-CONTENT", what a reading's name ends in.
func isReadingName(s string) bool {
	const digits = "0123456789abcdef"
	return len(s) == 12+1+16 && s[12] == '-' && strings.Trim(s[:12]+s[13:], digits) == ""
}

// ReadingList is the file with the digests of a reading's other files. It is
// written last, so that a folder that has it has all.
const ReadingList = "SHA256SUMS"

// saveReading writes a reading as Parquet files into dir/name, whole or not at all.
func saveReading(dir, name string, r *table.Reading) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return export.ExplainWrite(dir, err)
	}
	temp := filepath.Join(dir, unfinished+name)
	_ = os.RemoveAll(temp) // of a run that was killed; one that lives writes the same bytes
	if err := os.Mkdir(temp, 0o777); err != nil {
		return export.ExplainWrite(temp, err)
	}
	defer os.RemoveAll(temp)
	tables, err := r.Tables()
	if err != nil {
		return err
	}
	var list strings.Builder
	for _, t := range tables {
		file := filepath.Join(temp, t.Name+".parquet")
		digest, err := writeDigest(file, func(w io.Writer) error { return export.Parquet(w, t.Record) })
		if err != nil {
			return export.ExplainWrite(file, err)
		}
		fmt.Fprintf(&list, "%s  %s.parquet\n", digest, t.Name)
	}
	if err := os.WriteFile(filepath.Join(temp, ReadingList), []byte(list.String()), 0o666); err != nil {
		return export.ExplainWrite(temp, err)
	}
	at := filepath.Join(dir, name)
	_ = os.RemoveAll(at) // a damaged one; a whole one is not written again
	if err := os.Rename(temp, at); err != nil {
		if _, there := os.Stat(filepath.Join(at, ReadingList)); there == nil {
			return nil // another run was faster, with the same
		}
		return export.ExplainWrite(at, err)
	}
	return nil
}

// writeDigest writes a file and returns the digest of what it holds.
func writeDigest(name string, write func(io.Writer) error) (string, error) {
	f, err := os.Create(name)
	if err != nil {
		return "", err
	}
	sum := sha256.New()
	err = write(io.MultiWriter(f, sum))
	if err := errors.Join(err, f.Close()); err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// errAltered reports a file of a reading that is not the one that was written.
var errAltered = errors.New("is not as it was written")

// loadReading reads what saveReading wrote. Without a whole reading the error is
// fs.ErrNotExist.
func loadReading(dir string) (table.Reading, error) {
	list, err := os.ReadFile(filepath.Join(dir, ReadingList))
	if err != nil {
		return table.Reading{}, err
	}
	digests := map[string]string{}
	for line := range strings.Lines(string(list)) {
		if digest, file, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "  "); ok {
			digests[file] = digest
		}
	}
	return export.OpenReading(func(name string) ([]byte, error) {
		b, err := os.ReadFile(filepath.Join(dir, name))
		if errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("%s %w", name, errAltered) // the list names it
		}
		if sum := sha256.Sum256(b); err == nil && hex.EncodeToString(sum[:]) != digests[name] {
			err = fmt.Errorf("%s %w", name, errAltered)
		}
		return b, err
	})
}

// fileDigest is the SHA-256 of a file in hexadecimal.
func fileDigest(name string) (string, error) {
	f, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}
