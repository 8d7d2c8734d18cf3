import CLibical

/// A component of libical, with all within it, freed with its last use.
struct CalendarComponent: ~Copyable {
    let pointer: OpaquePointer

    /// Reads a text. The caller has looked at its size and depth, for libical looks at neither.
    init?(parsing text: String) {
        // What is wrong in a text is told by the properties that it lacks; libical must not stop the program for it.
        icalerror_set_errors_are_fatal(0)
        guard let parsed = icalparser_parse_string(text) else { return nil }
        pointer = parsed
    }

    init?(_ kind: icalcomponent_kind) {
        guard let made = icalcomponent_new(kind) else { return nil }
        pointer = made
    }

    deinit { icalcomponent_free(pointer) }

    /// The component as text, in folded lines ended by CR LF.
    var text: String {
        guard let written = icalcomponent_as_ical_string_r(pointer) else { return "" }
        defer { icalmemory_free_buffer(written) }
        return String(cString: written)
    }

    func add(_ property: OpaquePointer?) {
        if let property { icalcomponent_add_property(pointer, property) }
    }

    /// Takes another in; it is freed with this one.
    func add(_ inner: consuming CalendarComponent) { icalcomponent_add_component(pointer, inner.released()) }

    /// The component without an owner.
    private consuming func released() -> OpaquePointer {
        let pointer = pointer
        discard self
        return pointer
    }
}

/// The components of a kind directly within one.
func components(_ kind: icalcomponent_kind, of parent: OpaquePointer) -> [OpaquePointer] {
    all(from: icalcomponent_get_first_component(parent, kind)) { icalcomponent_get_next_component(parent, kind) }
}

/// The properties of a kind of a component.
func properties(_ kind: icalproperty_kind, of parent: OpaquePointer) -> [OpaquePointer] {
    all(from: icalcomponent_get_first_property(parent, kind)) { icalcomponent_get_next_property(parent, kind) }
}

/// What libical hands out one by one.
private func all(from first: OpaquePointer?, _ next: () -> OpaquePointer?) -> [OpaquePointer] {
    var found: [OpaquePointer] = []
    var it = first
    while let pointer = it {
        found.append(pointer)
        it = next()
    }
    return found
}
