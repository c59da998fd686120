package decide

// What the tests of names need.
var (
	FeatureKey = featureKey
	SourceKey  = sourceKey
	Weights    = weights
)
