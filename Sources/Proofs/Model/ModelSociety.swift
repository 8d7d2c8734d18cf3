import CEL
import Workflows

/// The small society over which everything is proved: one body with its officers, two representatives of one organisation, one
/// meeting, one item, one paper. Other meetings and items are there, but nothing is known of them.
enum ModelSociety {
    static let representatives = ["r1", "r2"]
    /// The people of the two representatives, in their order.
    static let members = ["ann", "bob"]
    static let substitute = "sam"
    /// The id of a thing that lies outside the model.
    static let outside = "other"

    /// The ids of a kind that the model has.
    static func ids(of kind: SubjectKind) -> [String] {
        switch kind {
        case .organisation: ["o1"]
        case .body: ["b1"]
        case .seat: ["s1", "s2"]
        case .term: ["t1", "t2"]
        case .person: members
        case .representative: representatives
        case .meeting: ["m1"]
        case .item: ["i1"]
        case .paper: ["a1"]
        case .ofCase(let workflow): [workflow]
        }
    }

    /// What a thing implies: a representative the seat and the person.
    static func implied(by kind: SubjectKind, _ id: String) -> [SubjectKind: String] {
        var keys: [SubjectKind: String] = [:]
        guard id != outside else { return keys }
        for implied in kind.implies {
            let ids = ids(of: implied)
            if ids.count == 1 {
                keys[implied] = ids[0]
            } else if let number = Self.ids(of: kind).firstIndex(of: id), ids.indices.contains(number) {
                keys[implied] = ids[number]
            }
        }
        return keys
    }

    /// Who holds the role for the body or the organisation.
    static func holder(of role: String) -> String {
        switch role {
        case "chair": "carl"
        case "vice_chair": "vera"
        case "secretary": "sue"
        case "coordinator": "olga"
        case "attendee": "tom"
        default: role
        }
    }

    static let constituent = "kim"

    /// Who may come to preside.
    static let presiders = ["carl", "vera"] + members

    /// The names in which stories speak of people.
    static func name(of id: String) -> String {
        switch id {
        case outside: "somebody else"
        case "r1": "Ann"
        case "r2": "Bob"
        default: id.prefix(1).uppercased() + id.dropFirst()
        }
    }

    static func reference(_ kind: SubjectKind, _ id: String) -> Value { .object(Reference(kind: kind.rawValue, id: id)) }
}
