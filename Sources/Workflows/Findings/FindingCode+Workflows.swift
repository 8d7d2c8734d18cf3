import YAML

extension FindingCode {
    static let badName = FindingCode(
        "MW020", "The name cannot be used",
        """
        Names of states, commands, events, variables, deadlines and conditions are written small, with `_` between words, and begin with a \
        letter: `give_notice`. So they are names in expressions too.
        """)
    static let unknownSubject = FindingCode(
        "MW021", "The subject is not known",
        """
        `for:` names what one case of the workflow is about: organisation, body, seat, term, person, representative, meeting, item, \
        paper, or several of these. There is one case for each combination.
        """)
    static let unknownType = FindingCode(
        "MW022", "The type is not known",
        """
        A field or a variable is a text, long_text, yes_no, number, date, time, moment, choice or file; a subject such as `person`, or \
        several such as `persons`; or a case of a workflow, by its name.
        """)
    static let nameTaken = FindingCode(
        "MW023", "The name is taken",
        """
        Variables, deadlines and conditions share one set of names in expressions with the subjects, what they imply, and the words of \
        the language (`event`, `now`, `policy`...). Rename this one.
        """)
    static let badExpression = FindingCode(
        "MW024", "The expression is wrong",
        """
        The text is an expression in CEL, the Common Expression Language, and it does not parse, names something that is not known, or \
        has another type than the place wants. The caret shows the place inside it.
        """)
    static let badDeadline = FindingCode(
        "MW025", "The deadline is wrong",
        """
        A deadline says how long before or after what: `5 working days before meeting.start`, `10 working days later`, `the earlier of A \
        and B`. The language article has the whole grammar.
        """)
    static let notAMoment = FindingCode(
        "MW026", "This is no moment",
        """
        A deadline counts from a moment: one of the subjects' (`meeting.start`), a variable that holds a date or a moment, or another \
        deadline by its name.
        """)
    static let circular = FindingCode(
        "MW027", "Names go round in a circle",
        "A deadline or a condition rests on others, and in the end on itself, so that it can never be worked out.")
    static let unknownCommand = FindingCode(
        "MW028", "The command is not declared", "The command is not one of those under `commands:`.")
    static let unknownState = FindingCode(
        "MW029", "The state is not known",
        """
        A target is looked up among the states beside its own, then outwards, then below, then anywhere; a path such as `feedback.over` \
        names a state within another. None was found.
        """)
    static let ambiguousState = FindingCode(
        "MW030", "Several states bear the name",
        "The name fits more than one state and none of them is nearest. Write more of the path: `feedback.over`.")
    static let unknownCondition = FindingCode(
        "MW031", "The condition is not known", "`needs:` takes names from `conditions:`, or `checklist`.")
    static let unknownVariable = FindingCode(
        "MW032", "The variable is not known",
        "The name is not one of those under `variables:` of the workflow that it is set in.")
    static let unknownRole = FindingCode(
        "MW033", "The role is not known",
        """
        Who may be: representative, person, chair, vice_chair, secretary, coordinator, presider, members, attendees, constituency, \
        electors, or a variable that holds a person; under `not_by:` also interested.
        """)
    static let roleDoesNotFollow = FindingCode(
        "MW034", "The role does not follow from the subjects",
        """
        From what a case is about it must be plain who bears the role. A meeting has one secretary, and many nominating organisations \
        with a coordinator each: a case about a meeting alone has no one coordinator.
        """)
    static let goesRound = FindingCode(
        "MW035", "The transition would go round for ever",
        """
        What stands under `once:` or `at:` holds from then on. If the transition does not lead to another state, it would be taken again \
        at once, and again.
        """)
    static let dutyEndUnsaid = FindingCode(
        "MW036", "Say how the duty ends",
        """
        The transition leaves a state with a duty. It ends as done by itself only if what moves it is a command on the duty's own \
        state that its owner may give. Everywhere else say `duty: done`, `excused`, `lapsed` or `cancelled`.
        """)
    static let noDutyToEnd = FindingCode(
        "MW037", "There is no duty to end", "The transition says how a duty ends, but leaves no state with a duty.")
    static let endlessDuty = FindingCode(
        "MW038", "The duty cannot be discharged",
        """
        Nothing leads out of the duty's state, or only what ends its whole surroundings. Whoever owes it could never be done with it: give \
        the state a command that its owner may give.
        """)
    static let noChecklist = FindingCode(
        "MW039", "There is no checklist", "`needs: checklist` asks for the ticks of the duty of its state, which has none.")
    static let badInitial = FindingCode(
        "MW040", "Where to start is not settled",
        """
        The choices under `initial:` are tried in order. The last must have no `if`, so that one always fits, and none before it may be \
        without. Only a state with `states:` has a start; all regions of `parallel:` start together.
        """)
    static let noStates = FindingCode(
        "MW041", "There are no states", "A workflow and each `states:` and `parallel:` has a state at least.")
    static let badChart = FindingCode(
        "MW042", "The states do not fit together",
        "The statechart is not well formed: a final state with transitions, a history without a parent, targets that exclude each other."
    )
    static let oddChart = FindingCode(
        "MW043", "A state or transition is never used",
        "Nothing leads to the state, or an earlier transition without `if` always takes the place of this one.")
    static let idleCommand = FindingCode(
        "MW044", "No state takes the command",
        "The command is declared, but no `on:` takes it and the workflow does not begin with it, so that it would always be refused."
    )
    static let neverTold = FindingCode(
        "MW045", "Nobody tells this word",
        """
        The event is neither a command of this workflow, nor told or announced by any workflow of the library, nor one that the engine \
        tells: roll_amended, rules_adopted, code_changed, and `<document>_settled` after `mail:`.
        """)
    static let neverHeard = FindingCode(
        "MW046", "Nobody hears this word", "The word is told, but no workflow of the library has it under `on:` or `once:`.")
    static let unknownWorkflow = FindingCode("MW047", "The workflow is not known", "The library has no workflow of that name.")
    static let badStart = FindingCode(
        "MW048", "The case cannot be started so",
        """
        A started case needs each of its subjects: from `for:`, from the case that starts it, or from the record of the command. And a \
        workflow that `begins: {by: [...]}` names each that starts it.
        """)
    static let unknownDocument = FindingCode("MW049", "The document is not known", "There is no template of that name.")
    static let unknownEventField = FindingCode(
        "MW050", "The form has no such field",
        "`event` holds what the form of the command asks: its own `fields:` and those that its `record:` adds.")
    static let badText = FindingCode(
        "MW051", "The braces in the text are wrong",
        "`{{item.title}}` puts a value in a text: a name, or a path of names, between two pairs of braces. Conditions do not stand in texts."
    )
    static let unknownPath = FindingCode(
        "MW052", "The state asked for is not known",
        """
        `in('path')` asks for a state of another case, and no workflow has one of that path, or several do. `In('path')` asks for a \
        state of this case, by its whole path.
        """)
    static let notAnnounced = FindingCode(
        "MW053", "The word does not hold",
        "`once:` waits for a condition, or for a word that some state `announce`s: it holds while that state is active. What is only told passes: use `on:`."
    )
    static let badAction = FindingCode(
        "MW054", "The action is wrong",
        "An action is a verb (tell, start, mail, draft, set, raise, send, cancel, log) with what belongs to it, or `{if, do, else}`, or `{foreach, do}`."
    )
    static let mixedState = FindingCode(
        "MW055", "The state is two things at once", "A state has `states:`, or `parallel:`, or `type: final`, or `history:`.")
    static let unknownPolicy = FindingCode(
        "MW056", "The policy sets no such period", "A deadline may say `policy.notice`, `policy.agenda` and `policy.papers`.")
    static let sayMissing = FindingCode(
        "MW057", "The condition has no sentence",
        "A condition under `needs:` refuses, and should say why: `{is: CEL, say: The meeting is not quorate}`.")
    static let fieldTaken = FindingCode(
        "MW058", "The form has the field twice", "The record of the command adds a field of the same name.")
    static let badStandard = FindingCode(
        "MW059", "The first value does not fit", "The value is not of the type, or not one of the choices.")
    static let workflowTaken = FindingCode(
        "MW060", "Two workflows have the same name", "Each workflow of a library has a name of its own.")
    static let needsNoCommand = FindingCode(
        "MW061", "Only a command can be refused",
        "`needs:` refuses a command with a sentence. An event, a moment or an announcement has happened and cannot be refused: use `if:`."
    )
    static let badDate = FindingCode("MW070", "This is no date", "Dates are written `2026-11-18`.")
    static let badPeriod = FindingCode(
        "MW071", "This is no period", "A period is a number and a unit: `5 clear days`, `10 working days`, `48 hours`.")
    static let badShare = FindingCode(
        "MW072", "This is no share", "A share is a fraction such as `1/3`, at most one, or `all`.")
    static let badHoliday = FindingCode(
        "MW073", "The holiday's rule is wrong",
        "A holiday is `{on: 25 December}`, `{easter: -2}`, or `{weekday: last Monday of May}`.")
    static let failingCase = FindingCode(
        "MW074", "A case of the rule pack does not hold",
        """
        Under `cases:` a rule pack says what its rules must answer in a case that somebody has worked out by hand. They answer something \
        else: the rules are wrong, or the case.
        """)

    package static let dutyWithoutEnd = FindingCode(
        "MW080", "The duty cannot end",
        """
        The proof found a way, told step by step, to a point from which nothing that anybody may do or that may happen ever ends the duty. \
        Look at the last step: which command, word or moment was to lead out, and why can it no longer come?
        """)
    package static let deadEnd = FindingCode(
        "MW081", "Nothing leads to an end from here",
        """
        The proof found a way, told step by step, to a point from which the case never comes to an end. Often two parts wait for each \
        other, or a word passed before the state listened for it: `announce` and `once` hold where `tell` and `on` pass.
        """)
    package static let impossibleCommand = FindingCode(
        "MW082", "Nobody can ever give the command",
        """
        Nowhere in all that the proof went through may anybody give the command: those whom `by` names are never there or are all under \
        `not_by`, the state of `while` and that of `on` never go together, or nothing leads to the state.
        """)
    package static let brokenRule = FindingCode(
        "MW083", "The rule can be broken",
        """
        With the rule itself not enforced, what remains of the workflow allows what the rule forbids, in the way that is told step by step. \
        The engine would refuse the last step; a condition under `needs`, a cap under `participation` or another target would keep people \
        from running into it.
        """)
    package static let proofCutShort = FindingCode(
        "MW084", "The proof went only so far",
        """
        There are more situations than the proof may go through, and it stopped at its bound: what it says holds for those it saw, and \
        nothing is claimed of the rest. `mandate check --prove full` goes further. It is a note: nothing need be mended.
        """)
    package static let unprovableRule = FindingCode(
        "MW085", "The rule is enforced, not proved",
        """
        The rule rests on what only the records can tell, such as a text or a number, which the proof does not know. The engine enforces it \
        when the program runs. It is a note: nothing need be mended.
        """)

    static let ofWorkflows: [FindingCode] = [
        .badName, .unknownSubject, .unknownType, .nameTaken, .badExpression, .badDeadline, .notAMoment, .circular,
        .unknownCommand,
        .unknownState, .ambiguousState, .unknownCondition, .unknownVariable, .unknownRole, .roleDoesNotFollow, .goesRound,
        .dutyEndUnsaid, .noDutyToEnd, .endlessDuty, .noChecklist, .badInitial, .noStates, .badChart, .oddChart, .idleCommand,
        .neverTold, .neverHeard, .unknownWorkflow, .badStart, .unknownDocument, .unknownEventField, .badText, .unknownPath,
        .notAnnounced, .badAction, .mixedState, .unknownPolicy, .sayMissing, .fieldTaken, .badStandard, .workflowTaken,
        .needsNoCommand, .badDate,
        .badPeriod, .badShare, .badHoliday, .failingCase, .dutyWithoutEnd, .deadEnd, .impossibleCommand, .brokenRule,
        .proofCutShort, .unprovableRule,
    ]

    /// Every code of a finding in a file that people write, in order.
    public static let all: [FindingCode] = ofYAML + ofWorkflows

    /// The code of that name, such as `MW024`.
    public static func named(_ name: String) -> FindingCode? { all.first { $0.name == name } }
}
