import Diagnostics
import Documents
import Workflows

/// Holds the templates of documents that are filled from their cases against what those cases will have.
///
/// A template names what a workflow defines, so a name that is misspelt on either side is found at the template's line. Documents with a
/// view of their own are checked against its sample instead (`TemplateLibrary.check`).
struct DocumentCheck {
    private let shapes: CaseShapes
    private let templates: TemplateLibrary
    private let library: WorkflowLibrary

    init(_ library: WorkflowLibrary, templates: TemplateLibrary) {
        self.library = library
        self.templates = templates
        let faulty = (library.names ?? []).subtracting(library.workflows.map(\.name))
        shapes = CaseShapes(library.workflows, faulty: faulty)
    }

    /// What is wrong with the templates that these workflows draft or mail, each finding once.
    func findings(of wanted: (Workflow) -> Bool = { _ in true }) -> [Finding] {
        // While a file cannot be read, it may be there that the name is defined.
        guard library.names != nil else { return [] }
        let shipped = Set(ShippedDocuments.names)
        let known = Set(templates.names)
        var found: Set<Finding> = []
        for workflow in library.workflows where wanted(workflow) {
            let documents = workflow.documents.filter {
                let name = TemplateLibrary.templateName(of: $0)
                return known.contains(name) && !shipped.contains(name)
            }
            guard !documents.isEmpty else { continue }
            let shape = shapes.document(of: workflow)
            for document in documents { found.formUnion(templates.check(document, against: shape)) }
        }
        return found.sorted()
    }
}
