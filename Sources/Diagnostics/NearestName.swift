/// The name among `names` that is nearest to `written` by edit distance, if it is near enough to be what was meant: a third of
/// its letters at most may differ, and no more than `most`. Of equally near names the first in the alphabet is taken.
public func nearestName(to written: String, among names: some Sequence<String>, within most: Int = .max) -> String? {
    let limit = min(most, max(1, written.unicodeScalars.count / 3))
    var best: (name: String, distance: Int)?
    for name in names where name != written {
        let distance = editDistance(Array(written.unicodeScalars), Array(name.unicodeScalars), limit: limit)
        guard distance <= limit else { continue }
        if let found = best, (found.distance, found.name) <= (distance, name) { continue }
        best = (name, distance)
    }
    return best?.name
}

/// Insertions, deletions, replacements and swaps of neighbours that turn one into the other; `limit + 1` where more are needed.
private func editDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar], limit: Int) -> Int {
    guard abs(left.count - right.count) <= limit else { return limit + 1 }
    guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
    var rows = [[Int]](repeating: [Int](repeating: 0, count: right.count + 1), count: left.count + 1)
    for i in 0...left.count { rows[i][0] = i }
    for j in 0...right.count { rows[0][j] = j }
    for i in 1...left.count {
        for j in 1...right.count {
            let change = left[i - 1] == right[j - 1] ? 0 : 1
            rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + change)
            if i > 1, j > 1, left[i - 1] == right[j - 2], left[i - 2] == right[j - 1] {
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
            }
        }
    }
    return rows[left.count][right.count]
}
