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

// LabelSums are the weights of all features of every row, added up where they are
// found and from their list.
func (m *Model) LabelSums(a *Article) (found, listed [][]int32) {
	p := a.labelledProblem(0, nil, m, new(scratch))
	list, _ := a.Problem(Status, nil, nil)
	for n := range p.Nodes {
		sum := make([]int32, m.labels.width)
		for _, h := range list.Nodes[n].Shared {
			m.labels.add(sum, h)
		}
		found, listed = append(found, p.Nodes[n].shared), append(listed, sum)
	}
	return found, listed
}

// CandidateSums are the scores of all candidates of every row, by the numbers of
// their sources and from the list of their features.
func (m *Model) CandidateSums(a *Article, d Dimension, decided []Decision) (found, listed [][]int32) {
	_, scores, _ := m.rankScores(a, d, decided, new(scratch))
	list, _ := a.Problem(d, decided, nil)
	for n := range list.Nodes {
		node := &list.Nodes[n]
		sums := make([]int32, len(node.Sources))
		for y := range sums {
			node.Value(y, func(s uint64) { sums[y] += m.sources[d].pair(s, s) }, func(s, t uint64) { sums[y] += m.sources[d].pair(s, t) })
		}
		found, listed = append(found, scores.Value[n]), append(listed, sums)
	}
	return found, listed
}
