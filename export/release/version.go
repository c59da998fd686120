package release

import (
	"cmp"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// Version is the number of a release, after Semantic Versioning: MAJOR for any
// change of a column, MINOR for new rows, PATCH for corrected values alone.
type Version struct{ Major, Minor, Patch int }

// ErrVersion reports a version that is not written MAJOR.MINOR.PATCH, or does
// not say what changed since the release before.
var ErrVersion = errors.New("not the version of this release")

// ParseVersion reads "1.2.0". There is no leading v, zero or sign.
func ParseVersion(s string) (Version, error) {
	var n [3]int
	parts := strings.Split(s, ".")
	ok := len(parts) == len(n)
	for i := 0; ok && i < len(n); i++ {
		v, err := strconv.Atoi(parts[i])
		n[i], ok = v, err == nil && len(parts[i]) <= 6 && strconv.Itoa(v) == parts[i] && v >= 0
	}
	if !ok {
		return Version{}, fmt.Errorf("version %q: %w; write three numbers, such as 1.2.0", s, ErrVersion)
	}
	return Version{n[0], n[1], n[2]}, nil
}

// String writes "1.2.0".
func (v Version) String() string { return fmt.Sprintf("%d.%d.%d", v.Major, v.Minor, v.Patch) }

// Compare orders versions: -1, 0 or +1.
func (v Version) Compare(w Version) int {
	return cmp.Or(cmp.Compare(v.Major, w.Major), cmp.Compare(v.Minor, w.Minor), cmp.Compare(v.Patch, w.Patch))
}

// Level is the part of a version that a change raises.
type Level int

// The levels.
const (
	Patch Level = iota
	Minor
	Major
)

// String names the level as it is written about.
func (l Level) String() string { return [...]string{"PATCH", "MINOR", "MAJOR"}[l] }

// Next is the version that follows when the level is raised.
func (v Version) Next(l Level) Version {
	switch l {
	case Major:
		return Version{v.Major + 1, 0, 0}
	case Minor:
		return Version{v.Major, v.Minor + 1, 0}
	}
	return Version{v.Major, v.Minor, v.Patch + 1}
}

// follows reports whether w raises v in exactly the given level. It may skip
// numbers of that level.
func (v Version) follows(w Version, l Level) bool {
	switch l {
	case Major:
		return v.Major > w.Major && v.Minor == 0 && v.Patch == 0
	case Minor:
		return v.Major == w.Major && v.Minor > w.Minor && v.Patch == 0
	}
	return v.Major == w.Major && v.Minor == w.Minor && v.Patch > w.Patch
}
