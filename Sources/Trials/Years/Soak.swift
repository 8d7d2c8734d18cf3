import Journals
import Secretariat
import Synchronization

/// Many simulated years, several at a time. What is found does not depend on how many.
package struct Soak: Sendable {
    package struct Found: Sendable {
        package var faults: [String] = []
        package var figures = SimulatedYear.Figures()
        /// Of all years, in the order of their seeds.
        package var fingerprint = ""
    }

    private let shelf: Shelf
    private let planted: SimulatedYear.Planted

    package init(shelf: Shelf, planted: SimulatedYear.Planted = .none) throws {
        self.shelf = shelf
        self.planted = planted
    }

    /// Lives years with consecutive seeds through.
    package func live(years: Int, from seed: UInt64, width: Int) throws -> Found {
        let next = Mutex(0)
        let lived = Mutex<[Int: Result<Found, any Error>]>([:])
        Threads.run(min(width, years)) {
            // Each thread has a house of its own: threads that count the references to one workflow wait for each other.
            let house = Result { try SimulatedHouse(shelf: self.shelf) }
            while let year = next.withLock({ year in
                defer { year += 1 }
                return year < years ? year : nil
            }) {
                let found = Result { try self.live(seed: seed + UInt64(year), in: try house.get()) }
                lived.withLock { $0[year] = found }
            }
        }
        var sum = Found()
        for (_, result) in lived.withLock({ $0 }).sorted(by: { $0.key < $1.key }) {
            let found = try result.get()
            sum.faults += found.faults
            sum.figures += found.figures
            sum.fingerprint += found.fingerprint
        }
        sum.fingerprint = Fingerprint.of(sum.fingerprint)
        return sum
    }

    private func live(seed: UInt64, in house: SimulatedHouse) throws -> Found {
        let year = try SimulatedYear(seed: seed, in: house, planted: planted)
        let (faults, figures) = try year.live()
        return Found(faults: faults, figures: figures, fingerprint: year.fingerprint)
    }
}
