package archive

import "fmt"

// Damage is a place in a WARC file that could not be read. Reading goes on
// behind it; what else the file holds is not affected.
type Damage struct {
	File   string
	Offset int64  // in bytes; of the gzip member, or of the record where a file is not packed record by record
	URL    string // of the record, "" when its header was not read
	Reason string
	Err    error // what lies behind the reason, or nil
}

func (d *Damage) Error() string {
	s := fmt.Sprintf("%s: at byte %d", d.File, d.Offset)
	if d.URL != "" {
		s += " (" + d.URL + ")"
	}
	s += ": " + d.Reason
	if d.Err != nil {
		s += ": " + d.Err.Error()
	}
	return s
}

func (d *Damage) Unwrap() error { return d.Err }
