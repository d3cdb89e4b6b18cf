/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The compiled instance lives in model/. */
#include "model/instance.h"
