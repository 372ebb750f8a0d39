"""English words of promises, from what rules on misleading advertising name, not from test sentences."""

from __future__ import annotations

from samovar.marketing.promises.promise import promise

ENGLISH = {
    "discount": promise(
        r"""
        discount\w*|(?:half|reduced|lower|special|old|introductory|sale) price
        price (?:cut|drop|reduction)s?
        on sale|(?:summer|winter|spring|autumn|clearance|flash|big) sale|sale (?:ends|price)
        special offer\w*
        (?:per ?cent|%) (?:off(?! (?:its|their|my|his|her)\b)|less|cheaper|discount)
        (?:a |one )?(?:half|third|quarter|tenth) (?:less|cheaper|off)|pay (?:only |just )?half
        half (?:the |of the |its |your )?(?:\w+ )?(?:price|fee)|for nothing
        (?:per ?cent|%|euros?|dollars?|pounds?) (?:comes? |goes? )?off
        half off|cheaper(?! to)|save (?:\w+ )?(?:up to )?(?:[€$£]|eur|usd|gbp|chf|\d)\S*(?: \d+)?
        (?:as a |free )gift
        bonus\w*|free of charge|for free
        free (?!of\b|space|place|hand|moment|evening|time|day|hour|capacity|from\b|to\b|for\b)\w+
        (?:two|three|2|3) for (?:one|the price|1|2)|buy one|coupon\w*|voucher\w*|promo\w*|rebate\w*
        cashback|cash back
        (?:costs?|pay) nothing|at no (?:extra |additional )?(?:cost|charge)|no (?:extra )?charge
        on the house|complimentary
        while stocks? lasts?|limited[- ]time|(?:today|this week|this month) only
        only (?:today|this week)|bargain|free(?! (?:for|to)\b)|reduced
        """,
        asked=True,
        backed=(
            (
                r"at no .*|free.*|for free|complimentary|costs? nothing",
                r"\bnothing\b|\bfree\b|included",
            ),
            (r"cheaper", r"\bextra\b|\bhigher\b|surcharge"),
        ),
    ),
    "guarantee": promise(
        r"""
        guarantee\w*|warrant(?:y|ies|ed)|money[- ]back|your money back|refund\w*|we promise|promise[sd]?
        never (?:fails?|breaks?|lets?|stops?|leaks?|wears?|loses?)
        never (?:misses?|tears?|needs?|goes|runs?|makes?|slips?|has to|have to|will)
        always (?:works?|fits?|arrives?|on time|stays?|gets?|finds?|knows?|ready|delivers?|right)
        100 ?% (?:reliable|safe|sure|secure)
        (?:a|one) hundred per ?cent (?:reliable|safe|sure)|without fail|fail[- ]?safe|foolproof
        risk[- ]free|(?:no|zero) risk|without (?:any |the slightest |a )?risk
        (?:lasts?|for) (?:a lifetime|for ever|forever|a life)|lifetime|forever|for ever|unbreakable
        indestructible|you can be sure
        rest assured|certain(?:ly)? to|sure to
        without (?:a single|any) (?:failure|fault|error|mistake)s?|not a single
        (?:will|can) never|every time|on time|trouble[- ]free|no (?:failures?|faults?|errors?|mistakes?)
        error[- ]free|flawless\w*
        """,
        deniable=False,
        unless=r"\b(?:cannot|no one can|not|(?:ca|do|does|wo)n't) (?:(?!only)\w+ ){0,2}(?:promise|guarantee)"
        r"|(?:no|without a|without any) (?:promise|guarantee)",
    ),
    "superlative": promise(
        r"""
        best(?! regards| wishes| before| within)|greatest|finest|fastest|lightest|quietest|strongest|safest
        smartest|cheapest|toughest
        warmest|softest|smallest|thinnest|cleanest|freshest|simplest|easiest|quickest|brightest|biggest
        richest|newest|purest
        (?:highest|lowest) (?:quality|standards?|prices?|fees?)
        longest|sharpest|healthiest|tastiest|cosiest|coolest|smoothest|leading|leader
        world[- ]?class
        (?:number|no\.?|nr\.?|№) ?(?:1|one)(?!\d)|\#1|unrivall?ed|unbeat\w+|unmatched|unequal\w*
        unparallel\w+|second to none|top[- ]rated
        (?:the )?most (?:\w+ly )?(?!of\b|about|after|people|cases|days|homes?|often|us\b|others?)[a-z]{5,}
        the only \w+|only (?:one|\w+) (?:that|of its kind|in the world|on the market)|one of a kind
        no other \w+|the first (?:\w+ )?(?:system|tool|programme?|device|product) (?:that|to)
        like no other|perfect(?:ly)?|ideal(?:ly)?|ultimate
        unique\w*|revolution\w*|incredibl\w+|amazing\w*|premium|extraordinar\w+|legendary
        award[- ]winning|favou?rite|world's \w+est
        better than (?:any|every|all|other|the rest)|(?:than|unlike) any other|in the world
        on the market|market leader
        """,
        unless=r"\byour (?:\w+ )?(?:\w+est|best|worst|favou?rite)\b|\bat (?:its|their|your|his|her) best\b"
        r"|^\W*(?:gather|compare|measure|count|write|list|think|ask|check)\b",
    ),
    "medical": promise(
        r"""
        heal(?:s|ed|ing|th|thy|thier|thily)?|cure[sd]?|treat(?:s|ed|ment)? (?:of |for )?\w*|therap\w+
        remed(?:y|ies)|relie(?:f|ves?|ving)
        (?:without|no more|no) (?:\w+ ){0,3}(?:\w*aches?|pains?|snoring|stress)|cancer
        pain(?:s|ful|fully|less)?|ache\w*|headache\w*|backache\w*|migraine\w*|insomnia|immun\w+
        colds?(?= in|[.,!?]|$| and)|flu|cough\w*|sore\b(?: throat)?
        allerg\w+|asthma|eczema|inflammation\w*|infections?|virus\w*|bacteria\w*|germs?|disease\w*
        illness\w*|symptom\w*
        blood (?:pressure|sugar|flow)|circulation|cholesterol|heart|digest\w+|metabolism|joints?|posture
        spine|stiff(?:ness)?(?: neck)?
        stress|anxiety|depress\w+|calms? (?:your |the )?nerves|nervous\w*
        sleep(?:s|ing)? (?:better|well|deeper|soundly|faster)|better sleep|deep(?:er)? sleep
        good night's sleep
        fall(?:s)? asleep|snor\w+|wrinkle\w*|acne|cavit(?:y|ies)|gums?|tooth decay
        eyesight|(?:your|the|for|on|of|our) eyes|eye ?strain|vision
        hearing|detox\w*|vitamins?
        lose weight|weight loss|slim\w*|burns? fat|rejuvenat\w+|younger|vitality|medic\w+|clinically
        doctors?|dermatolog\w+|injur(?:y|ies)
        wellbeing|well-being|rehabilitat\w+|fever|nausea|fatigue|tiredness|live longer|lungs?|liver
        kidneys?|arthritis|rheum\w+|bleed\w*
        """,
        unless=r"\bby heart\b|\bclose your eyes\b",
    ),
    "financial": promise(
        r"""
        profit\w*|revenue\w*|earn(?:s|ings?)?(?: more| money| you)?|income|return on (?:investment|\w+)
        roi|(?:pays?|paid) (?:for itself|off|itself back|back)|payback
        sav(?:es?|ings?) (?:you |your \w+ |a lot of |up to |on )?(?:money|costs?|cash|thousands|bills?)
        savings|saves? (?:you )?(?:money|thousands|hundreds)
        (?:cut|lower|reduc|halv|shrink|trim|slash|decreas|drop)\w* (?:\w+ ){0,3}(?:costs?|bills?)
        (?:cut|lower|reduc|halv|shrink)\w* (?:\w+ ){0,3}(?:expens\w+|spending|budgets?|taxes)
        (?:costs?|bills?|expens\w+) (?:\w+ )?(?:falls?|drops?|go(?:es)? down|shrinks?|sinks?)
        rich(?:er)?|wealth\w*|invest(?:ment|ments|ing)?|yields?|dividend\w*
        (?:more|extra|higher|rising|raises?|increas\w+|boosts?) (?:\w+ )?(?:sales|turnover|margins?|income)
        turnover|tax(?:es)? (?:cut|refund|break|saving)\w*|economic\w*
        spend(?:s|ing)? (?:\w+ ){0,3}less
        (?:your )?money (?:grows?|works|doubles?)|doubles? (?:your )?(?:money|savings|sales)
        in(?:to)? (?:the )?black|interest rate|makes? (?:you )?money|financial(?:ly)?|worth more
        """,
    ),
    "delivery": promise(
        r"""
        deliver(?:s|ed|y|ies|ing)?|shipp(?:ed|ing)|ships?|dispatch\w*|despatch\w*|courier|parcel
        in stock|same[- ]day|next[- ]day|overnight delivery|express
        (?:at|to) your (?:door|doorstep|home|house|desk)|to the door|doorstep
        arriv(?:e|es|ing) (?:\w+ )?(?:by|on|within|in|tomorrow|today|the next|at your|before)
        (?:with|to|at) you (?:by|within|tomorrow|on (?:\w+day|the \w+day)|in (?:\d|an?\b)|the next)
        (?:brings|(?:we|we'll|will|can) bring) (?:it|them|\w+ )?(?:\w+ ){0,4}(?:to your|home|to you)\b
        collect (?:it|yours) (?:today|tomorrow)|sent (?:to you|out|by)
        we (?:send|post|mail|ship) (?:it|yours|them)
        leaves? (?:our|the) warehouse|by post|by mail|post(?:ed)? (?:today|tomorrow|within)
        around the clock|round[- ]the[- ]clock|24/7|letterbox|reach(?:es)? you
        pick ?up point|in the post|ready to ship|free returns?|postage
        """,
        asked=True,
        backed=((r"reach(?:es)? you", r"arriv|deliver|by post|collect"),),
    ),
}
