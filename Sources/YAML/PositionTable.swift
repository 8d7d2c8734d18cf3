import Diagnostics

/// Turns the scalar indices in which libyaml counts into positions, fast in a file of one long line too.
struct PositionTable {
    private let bytes: [UInt8]
    private var marks: [Position] = []
    private static let stride = 256

    init(_ text: String) {
        bytes = Array(text.utf8)
        var position = Position.start
        var index = 0
        while position.offset < bytes.count {
            if index % Self.stride == 0 { marks.append(position) }
            step(&position)
            index += 1
        }
        if index % Self.stride == 0 { marks.append(position) }
    }

    /// The position of the scalar with this index, counted from 0; past the end is the end.
    func position(ofScalar index: Int) -> Position {
        let slot = max(0, min(index / Self.stride, marks.count - 1))
        var position = marks[slot]
        var left = index - slot * Self.stride
        while left > 0, position.offset < bytes.count {
            step(&position)
            left -= 1
        }
        return position
    }

    /// The position of the scalar that holds this byte.
    func position(ofByte offset: Int) -> Position {
        var low = 0
        var high = marks.count - 1
        while low < high {
            let middle = (low + high + 1) / 2
            if marks[middle].offset <= offset { low = middle } else { high = middle - 1 }
        }
        var position = marks[low]
        while position.offset < min(offset, bytes.count) { step(&position) }
        return position
    }

    /// Moves over one scalar.
    private func step(_ position: inout Position) {
        let isLineEnd = bytes[position.offset] == UInt8(ascii: "\n")
        position.offset += 1
        while position.offset < bytes.count, bytes[position.offset] & 0xC0 == 0x80 { position.offset += 1 }
        position.column = isLineEnd ? 1 : position.column + 1
        position.line += isLineEnd ? 1 : 0
    }
}
