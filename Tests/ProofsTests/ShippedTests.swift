import Proofs
import Testing
import Workflows

@Suite struct ShippedTests {
    @Test("everything is proved of the shipped workflows")
    func shippedWorkflows() throws {
        let library = try shipped()
        #expect(library.findings.isEmpty)
        var prover = Prover(library.workflows)
        let clock = ContinuousClock()
        var proofs: Proofs?
        let time = clock.measure { proofs = prover.prove() }
        let found = try #require(proofs)
        print(
            "proofs of \(library.workflows.count) workflows: \(found.slices) slices, \(found.situations) situations, \(found.moves) moves, \(time)"
        )
        #expect(found.findings.isEmpty, "\(rendered(found.findings))")
    }
}
