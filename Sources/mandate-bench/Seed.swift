import Foundation
import Secretariat
import Trials

/// `mandate-bench seed DIR [--bodies N] [--seats N] [--meetings N] [--rounds N] [--days N]`: a workspace of any size.
func seed(_ arguments: ArraySlice<String>) throws {
    guard let folder = arguments.first, let shelf = Shelf.find() else { throw Misuse("seed wants a folder") }
    var shape = Seeder.Shape(bodies: 2, seats: 25)
    var rest = arguments.dropFirst()
    while let option = rest.popFirst() {
        guard let number = rest.popFirst().flatMap({ Int($0) }), number >= 0 else { throw Misuse("`\(option)` wants a number") }
        switch option {
        case "--bodies": shape.bodies = max(1, number)
        case "--seats": shape.seats = max(1, number)
        case "--meetings": shape.meetings = number
        case "--rounds": shape.rounds = number
        case "--days": shape.days = number
        default: throw Misuse("seed has no option `\(option)`")
        }
    }
    try Seeder(in: folder, shape, shelf: shelf).seed()
}
