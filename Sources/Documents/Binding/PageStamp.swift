/// A page's number as drawing instructions: at the foot on the right as the reader sees the page, on a white ground.
struct PageStamp {
    var words: String
    /// Left, bottom, right, top.
    var corners: [Double]
    /// By how many degrees the page is turned, clockwise, when it is shown.
    var turned: Int

    private static let size = 8.5
    /// From the side and from the foot of the page, in points.
    private static let margin = (side: 34.0, foot: 20.0)

    var content: [UInt8] {
        let width = Double(words.unicodeScalars.count) * Self.size * 0.53
        let (matrix, place) = origin(width)
        let before = [
            "Q", "/Artifact <</Type /Pagination>> BDC", "q", "\(matrix) \(written(place.x)) \(written(place.y)) cm",
            "1 1 1 rg -3 -3 \(written(width + 6)) \(written(Self.size + 4)) re f", "0.29 0.33 0.38 rg",
            "BT /MandateStamp \(written(Self.size)) Tf (",
        ]
        var bytes = Array(before.joined(separator: "\n").utf8)
        // Latin-1 is what the font's encoding has for these; anything else is a question mark.
        for scalar in words.unicodeScalars {
            if scalar == "(" || scalar == ")" || scalar == "\\" { bytes.append(UInt8(ascii: "\\")) }
            bytes.append(scalar.value < 256 ? UInt8(scalar.value) : UInt8(ascii: "?"))
        }
        return bytes + Array(") Tj ET\nQ\nEMC\n".utf8)
    }

    /// The matrix that turns the words with the page, and where they begin.
    private func origin(_ width: Double) -> (String, (x: Double, y: Double)) {
        let (left, bottom, right, top) = (corners[0], corners[1], corners[2], corners[3])
        let (side, foot) = Self.margin
        return switch turned {
        case 90: ("0 1 -1 0", (right - foot, top - side - width))
        case 180: ("-1 0 0 -1", (left + side + width, top - foot))
        case 270: ("0 -1 1 0", (left + foot, bottom + side + width))
        default: ("1 0 0 1", (right - side - width, bottom + foot))
        }
    }

    private func written(_ number: Double) -> String {
        let hundredths = Int((number * 100).rounded())
        return
            "\(hundredths < 0 ? "-" : "")\(abs(hundredths) / 100).\(abs(hundredths) % 100 < 10 ? "0" : "")\(abs(hundredths) % 100)"
    }
}
