/// A place in a person's file: line and column count from 1, the column in Unicode scalars as editors show it; `offset` counts
/// UTF-8 bytes from 0.
public struct Position: Hashable, Sendable, Comparable, Codable {
    public var offset: Int
    public var line: Int
    public var column: Int

    public init(offset: Int, line: Int, column: Int) {
        self.offset = offset
        self.line = line
        self.column = column
    }

    public static let start = Position(offset: 0, line: 1, column: 1)

    public static func < (lhs: Position, rhs: Position) -> Bool { lhs.offset < rhs.offset }
}

/// A stretch of a person's file, from its first character up to, not including, `end`.
public struct SourceRange: Hashable, Sendable, Codable {
    public var start: Position
    public var end: Position

    public init(_ start: Position, _ end: Position) {
        self.start = start
        self.end = end
    }

    public static let start = SourceRange(.start, .start)
}
