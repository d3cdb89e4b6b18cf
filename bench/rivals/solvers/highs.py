# SPDX-License-Identifier: GPL-3.0-or-later
"""HiGHS through highspy."""

from bench.rivals.solvers import Answer, Missing


def version():
    try:
        import highspy
    except ImportError as missing:
        raise Missing("pip install highspy") from missing
    return "HiGHS " + highspy.Highs().version()


def build(model):
    import highspy
    import numpy
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = model.columns, model.rows
    lp.col_cost_ = numpy.array(model.cost, dtype=float)
    lp.col_lower_, lp.col_upper_ = numpy.array(model.low, dtype=float), numpy.array(model.high, dtype=float)
    lp.row_lower_, lp.row_upper_ = numpy.array(model.row_low, dtype=float), numpy.array(model.row_high, dtype=float)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = numpy.array(model.row_start, dtype=numpy.int32)
    lp.a_matrix_.index_ = numpy.array(model.index, dtype=numpy.int32)
    lp.a_matrix_.value_ = numpy.array(model.value, dtype=float)
    kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
    lp.integrality_ = [kinds[whole] for whole in model.integer]
    return lp


def solve(model, limits, trace):
    import highspy
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("time_limit", float(limits.seconds))
    highs.setOptionValue("threads", limits.threads)
    highs.setOptionValue("random_seed", limits.seed)
    highs.setOptionValue("mip_rel_gap", 0.0)
    highs.passModel(build(model))
    if model.start:
        start = highspy.HighsSolution()
        start.col_value = [float(x) for x in model.start]
        highs.setSolution(start)

    def note(event):
        trace.add(finite(event.data_out.mip_primal_bound), finite(event.data_out.mip_dual_bound))

    highs.cbMipLogging.subscribe(note)
    highs.cbMipImprovingSolution.subscribe(note)
    trace.start()
    highs.run()
    info = highs.getInfo()
    found = info.primal_solution_status == 2  # feasible
    trace.add(info.objective_function_value if found else None, finite(info.mip_dual_bound))
    return Answer(list(highs.getSolution().col_value) if found else None, finite(info.mip_dual_bound),
                  highs.getModelStatus() == highspy.HighsModelStatus.kOptimal)


def finite(value):
    return None if abs(value) > 1e19 else value
