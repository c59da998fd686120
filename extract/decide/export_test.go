package decide

// What the tests of names need.
var (
	FeatureKey = featureKey
	Weights    = weights
)

// SourceKey is the key of a source or of a pair by its name.
func SourceKey(name string) uint64 {
	a, b := sourceHashes(name)
	if a == b {
		return a
	}
	return PairKey(a, b)
}
